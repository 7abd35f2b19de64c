// The functions app on Flex Consumption: .NET 10, isolated worker, its own identity, no key and no connection string.
param location string
param tags object
param name string
param identityId string
param identityClientId string
param identityPrincipalId string

@description('Account of the host: leases, keys, packages, and orchestrations with the storage backend.')
param hostAccountName string
param packageContainer string

@description('Account shared with the sidecar.')
param dataAccountName string
param storagePrefix string
param taskHub string

@description('Endpoint of the Durable Task Scheduler; empty for the storage backend.')
param schedulerEndpoint string
param vaultUri string

@description('Names of the secrets this app may read, separated by commas.')
#disable-next-line secure-secrets-in-params   // names, no secrets
param secretNames string
param applicationInsights string
param workspaceId string
param instanceMemoryMB int
param alwaysReadyMarketEvents int
param alwaysReadyDurable int
param mode string
param telegramChats string

@description('Address to which Telegram brings updates; empty without a bot.')
param webhookUrl string

var blobOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'   // Storage Blob Data Owner
var queueContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'   // Storage Queue Data Contributor
var tableContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'   // Storage Table Data Contributor

// The host needs to own its account's blobs; durable on storage needs queues and tables there as well.
var hostRoles = concat([blobOwner], empty(schedulerEndpoint) ? [queueContributor, tableContributor] : [])

// An entry with 0 instances is refused, so only what is wanted is listed.
var alwaysReady = concat(
  alwaysReadyMarketEvents == 0 ? [] : [{ name: 'function:MarketEvents', instanceCount: alwaysReadyMarketEvents }],
  alwaysReadyDurable == 0 ? [] : [{ name: 'durable', instanceCount: alwaysReadyDurable }])

var secretList = filter(split(secretNames, ','), secret => !empty(secret))
var secretSettings = [for secret in secretList: {
  name: toUpper(replace(secret, '-', '_'))
  value: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${secret}/)'
}]

// Of the settings only this one differs between the backends; which one is used is said in host.json.
var schedulerSettings = empty(schedulerEndpoint) ? [] : [
  {
    name: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
    value: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${identityClientId}'
  }
]

var settings = [
  // Host storage. The account's name, not only the addresses: with those alone the host fails now and then at its start.
  {
    name: 'AzureWebJobsStorage__accountName'
    value: hostAccountName
  }
  {
    name: 'AzureWebJobsStorage__credential'
    value: 'managedidentity'
  }
  {
    name: 'AzureWebJobsStorage__clientId'
    value: identityClientId
  }
  // Queue trigger: the scale controller authenticates apart from the app and needs all three.
  {
    name: 'Storage__queueServiceUri'
    value: 'https://${dataAccountName}.queue.${environment().suffixes.storage}'
  }
  {
    name: 'Storage__credential'
    value: 'managedidentity'
  }
  {
    name: 'Storage__clientId'
    value: identityClientId
  }
  {
    name: 'TASKHUB_NAME'
    value: taskHub
  }
  {
    name: 'APPLICATIONINSIGHTS_CONNECTION_STRING'
    value: applicationInsights
  }
  {
    name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING'
    value: 'ClientId=${identityClientId};Authorization=AAD'
  }
  {
    name: 'AZURE_CLIENT_ID'
    value: identityClientId
  }
  {
    name: 'OTEL_SERVICE_NAME'
    value: 'futuresbot-functions'
  }
  // The bot's own settings, as config/bot.yaml names them.
  {
    name: 'FUTURESBOT__MODE'
    value: mode
  }
  {
    name: 'FUTURESBOT__STORAGE__KIND'
    value: 'azure'
  }
  {
    name: 'FUTURESBOT__STORAGE__PREFIX'
    value: storagePrefix
  }
  {
    name: 'FUTURESBOT__STORAGE__ACCOUNT'
    value: dataAccountName
  }
  {
    name: 'FUTURESBOT__STORAGE__CLIENT_ID'
    value: identityClientId
  }
  {
    name: 'FUTURESBOT__TELEGRAM__CHATS'
    value: telegramChats
  }
  {
    name: 'FUTURESBOT__TELEGRAM__WEBHOOK'
    value: webhookUrl
  }
]

resource host 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: hostAccountName
}

resource hostAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in hostRoles: {
  name: guid(host.id, identityPrincipalId, role)
  scope: host
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
  }
}]

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${host.properties.primaryEndpoints.blob}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: 40   // the least that is allowed; a shard's batches wait for one another anyway
        alwaysReady: alwaysReady
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      appSettings: concat(settings, schedulerSettings, secretSettings)
    }
  }
  dependsOn: [
    hostAccess
  ]
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: app
  properties: {
    workspaceId: workspaceId
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}

output endpoint string = 'https://${app.properties.defaultHostName}'

// Secrets, each readable by the process that needs it and no other: the functions see neither the exchange's keys nor the bot's token.
param location string
param tags object
param suffix string
param purgeProtection bool
param functionsPrincipalId string
param sidecarPrincipalId string
param workspaceId string

@secure()
param telegramBotToken string

@secure()
param telegramWebhookSecret string

@secure()
param dashboardToken string

@secure()
param dashboardViewerToken string

@secure()
param binanceApiKey string

@secure()
param binanceApiSecret string

var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'   // Key Vault Secrets User

// A secret's name is that of the environment variable it becomes, in lower case and with dashes.
// The functions take Telegram's updates in, the sidecar answers: so one needs the webhook's secret, the other the bot's token.
var functionsNames = empty(telegramWebhookSecret) ? [] : ['telegram-webhook-secret']
var viewerNames = empty(dashboardViewerToken) ? [] : ['futuresbot-dashboard-viewer-token']
var exchangeNames = empty(binanceApiKey) ? [] : ['futuresbot-binance-api-key', 'futuresbot-binance-api-secret']
var sidecarNames = concat(['futuresbot-dashboard-token'], viewerNames, exchangeNames, empty(telegramBotToken) ? [] : ['telegram-bot-token'])

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: 'kv-${suffix}'
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
    enablePurgeProtection: purgeProtection ? true : null   // false is refused once true was given
  }
}

resource botToken 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(telegramBotToken)) {
  parent: vault
  name: 'telegram-bot-token'
  properties: {
    value: telegramBotToken
  }
}

resource webhookSecret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(telegramWebhookSecret)) {
  parent: vault
  name: 'telegram-webhook-secret'
  properties: {
    value: telegramWebhookSecret
  }
}

resource traderToken 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: 'futuresbot-dashboard-token'
  properties: {
    value: dashboardToken
  }
}

resource viewerToken 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(dashboardViewerToken)) {
  parent: vault
  name: 'futuresbot-dashboard-viewer-token'
  properties: {
    value: dashboardViewerToken
  }
}

resource exchangeKey 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(binanceApiKey)) {
  parent: vault
  name: 'futuresbot-binance-api-key'
  properties: {
    value: binanceApiKey
  }
}

resource exchangeSecret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(binanceApiKey)) {
  parent: vault
  name: 'futuresbot-binance-api-secret'
  properties: {
    value: binanceApiSecret
  }
}

resource functionsSecret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' existing = [for name in functionsNames: {
  parent: vault
  name: name
}]

resource sidecarSecret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' existing = [for name in sidecarNames: {
  parent: vault
  name: name
}]

resource functionsReads 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (name, index) in functionsNames: {
  name: guid(vault.id, name, functionsPrincipalId, secretsUser)
  scope: functionsSecret[index]
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
    principalId: functionsPrincipalId
    principalType: 'ServicePrincipal'
  }
  dependsOn: [
    webhookSecret
  ]
}]

resource sidecarReads 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (name, index) in sidecarNames: {
  name: guid(vault.id, name, sidecarPrincipalId, secretsUser)
  scope: sidecarSecret[index]
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
    principalId: sidecarPrincipalId
    principalType: 'ServicePrincipal'
  }
  dependsOn: [
    botToken
    traderToken
    viewerToken
    exchangeKey
    exchangeSecret
  ]
}]

resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'AuditEvent'
        enabled: true
      }
    ]
  }
}

output uri string = vault.properties.vaultUri
output functionsSecrets string = join(functionsNames, ',')
output sidecarSecrets string = join(sidecarNames, ',')

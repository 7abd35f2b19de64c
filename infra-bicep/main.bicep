// Everything FuturesBot needs in Azure. Start reading here; docs/azure.md says what each choice gives and costs.
//
//   exchange <-> sidecar (Container App) --market-events--> functions (Flex Consumption) --> one orchestration per signal
//                        <--sidecar-commands--
//
// The two share one storage account and nothing else: no HTTP between them, no shared key anywhere.
targetScope = 'subscription'

@minLength(1)
@maxLength(32)
@description('Name of the azd environment; every name below derives from it.')
param environmentName string

@description('Region. The exchange refuses callers by their address: no region of the United States, Canada, the United Kingdom or the Netherlands is offered. The others are candidates; the probe after the deployment decides.')
@allowed([
  'northeurope'
  'swedencentral'
  'japaneast'
  'southeastasia'
  'eastasia'
  'australiaeast'
  'uaenorth'
])
@metadata({
  azd: {
    type: 'location'
  }
})
param location string

@description('What happens with a signal: signals tells of it, paper follows it with simulated fills, live places orders.')
@allowed([
  'signals'
  'paper'
  'live'
])
param mode string = 'signals'

@description('First part of the names of tables and containers.')
@minLength(3)
@maxLength(20)
param storagePrefix string = 'futuresbot'

@description('Where orchestrations live. host.json at the root holds the same choice, and the scale controller reads only that file: a test keeps the default equal, and the hook after the deployment refuses a difference. Instances cannot move from one to the other.')
@allowed([
  'scheduler'
  'storage'
])
param durableBackend string = 'storage'

@description('Instances that always run for the queue trigger. 0: a batch after a pause waits for a cold start, seconds to two minutes. 1: no wait, about 5.2 USD a month at 512 MB.')
@minValue(0)
@maxValue(4)
param alwaysReadyMarketEvents int = 0

@description('Instances that always run for orchestrations and activities. 1: no wait, about 5.2 USD a month at 512 MB, and needed with the storage backend, where timers and events are late by minutes otherwise. 0: an idle orchestration wakes with a cold start; enough with the scheduler, which pushes.')
@minValue(0)
@maxValue(4)
param alwaysReadyDurable int = 1

@description('Memory of a function instance. 512 is a quarter of a core; more costs in proportion.')
@allowed([
  512
  2048
  4096
])
param instanceMemoryMB int = 512

@description('Image of the sidecar in a public registry, such as ghcr.io/owner/futuresbot-sidecar:1.2.3. Empty: a private registry is created (about 5.1 USD a month) and azd builds and pushes the image.')
param sidecarImage string = ''

@description('Cores of the sidecar. 0.25 with 0.5Gi is about 14 USD a month after the free grant, 0.5 with 1Gi about 33.5.')
@allowed([
  '0.25'
  '0.5'
  '1'
])
param sidecarCpu string = '0.25'

@description('A fixed address for the sidecar, which live keys with an allow list need: virtual network, NAT gateway and public address, about 37 USD a month, and about 22 more for the load balancer and address of an environment with its own network.')
param staticAddress bool = false

@description('Days for which the day roots of the ledger cannot be changed or deleted by anyone. 0: no policy. While the policy holds, the storage account cannot be deleted, so azd down does not end.')
@minValue(0)
@maxValue(3650)
param rootsImmutableDays int = 0

@description('Keeps a deleted vault for its retention, whoever asks. With true azd down --purge cannot purge it.')
param vaultPurgeProtection bool = false

@description('GB of logs a day at most; beyond it the rest of the day is lost. 5 GB a month are free.')
@minValue(1)
@maxValue(100)
param logsDailyGb int = 1

@description('Who is told of alerts and of the budget. Empty: alerts are raised, and nobody is told.')
param alertEmail string = ''

@description('Log alerts: off, and nothing of them is billed.')
param alertsEnabled bool = true

@description('USD a month at which the budget warns (at 80 % spent, at 100 % foreseen). 0, or nobody to tell, or no first day: no budget.')
@minValue(0)
param budgetUsd int = 50

@description('First day of the budget, the first of the month in which it is made, such as 2026-11-01. Azure never takes another for a budget that is there, so it is not made up here.')
param budgetStart string = ''

@description('Chats that are told and heard, numbers separated by commas.')
param telegramChats string = ''

@secure()
@description('Token of the Telegram bot. Empty: the chat is silent.')
param telegramBotToken string = ''

@secure()
@description('What Telegram has to send with each update: 1 to 256 of A-Z a-z 0-9 _ -. Needed with a bot.')
param telegramWebhookSecret string = ''

@secure()
@minLength(16)
@description('Token that opens the page for somebody who may act.')
param dashboardToken string

@secure()
@description('Token that opens the page for somebody who only looks. Empty: none.')
param dashboardViewerToken string = ''

@secure()
@description('Key of the exchange account; only the sidecar may read it. Empty: none, and live is refused.')
param binanceApiKey string = ''

@secure()
@description('Secret of the exchange account; only the sidecar may read it.')
param binanceApiSecret string = ''

@description('Client id of an app registration with which Entra ID signs people in before the page (docs/azure.md says how to make it). Empty: the page signs in by itself, with its tokens.')
param entraClientId string = ''

@description('Tenant of that registration. Empty: the tenant of the subscription.')
param entraTenantId string = ''

@description('The page asks for no token and believes whom Entra ID has signed in. Set it with the second provisioning: while the first makes the sign-in, nothing stands before the page yet.')
param entraTrusted bool = false

@description('The route of the webhook function, without the leading slash.')
param webhookPath string = 'telegram'

var tags = {
  'azd-env-name': environmentName
}
var suffix = toLower(uniqueString(subscription().id, environmentName, location))
var taskHub = 'futuresbot'
var functionsName = 'func-${suffix}'
var sidecarName = 'ca-sidecar-${suffix}'
var webhookUrl = 'https://${functionsName}.azurewebsites.net/${webhookPath}'
var privateRegistry = empty(sidecarImage)

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identities 'modules/identities.bicep' = {
  name: 'identities'
  scope: group
  params: {
    location: location
    tags: tags
    suffix: suffix
    withPull: privateRegistry
  }
}

module telemetry 'modules/telemetry.bicep' = {
  name: 'telemetry'
  scope: group
  params: {
    location: location
    tags: tags
    suffix: suffix
    dailyGb: logsDailyGb
    publishers: [
      identities.outputs.functionsPrincipalId
      identities.outputs.sidecarPrincipalId
    ]
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    location: location
    tags: tags
    suffix: suffix
    prefix: storagePrefix
    rootsImmutableDays: rootsImmutableDays
    workspaceId: telemetry.outputs.workspaceId
  }
}

// The functions decide: kernel, signals, ledger. They put commands on one queue and read the other.
module functionsAccess 'modules/data-access.bicep' = {
  name: 'functions-access'
  scope: group
  params: {
    accountName: storage.outputs.dataAccountName
    principalId: identities.outputs.functionsPrincipalId
    writtenTables: [
      '${storagePrefix}candles'   // old ones go with the kernel's retention
      '${storagePrefix}series'
      '${storagePrefix}signals'
      '${storagePrefix}state'
      '${storagePrefix}poison'
      '${storagePrefix}beats'
    ]
    readTables: [
      '${storagePrefix}market'
    ]
    writtenContainers: [
      '${storagePrefix}-kernel'
      '${storagePrefix}-ledger'
      '${storagePrefix}-roots'
      '${storagePrefix}-backtests'
    ]
    ownedQueues: [
      'market-events'
      'market-events-poison'
    ]
    sentQueues: [
      'sidecar-commands'
    ]
  }
}

// The sidecar knows the market, and its page shows what the functions decided: it writes neither signals nor the kernel's state, neither
// ledger nor roots nor backtests. A test runs both processes with these rights and no others.
module sidecarAccess 'modules/data-access.bicep' = {
  name: 'sidecar-access'
  scope: group
  params: {
    accountName: storage.outputs.dataAccountName
    principalId: identities.outputs.sidecarPrincipalId
    writtenTables: [
      '${storagePrefix}candles'
      '${storagePrefix}series'
      '${storagePrefix}state'   // people's choices
      '${storagePrefix}market'
      '${storagePrefix}outbox'
      '${storagePrefix}poison'
      '${storagePrefix}beats'
    ]
    readTables: [
      '${storagePrefix}signals'
    ]
    writtenContainers: [
      '${storagePrefix}-leases'
    ]
    readContainers: [
      '${storagePrefix}-kernel'
      '${storagePrefix}-ledger'
      '${storagePrefix}-roots'
      '${storagePrefix}-backtests'
    ]
    ownedQueues: [
      'sidecar-commands'   // what it gives up goes onto the shelf, a table, with the reason
    ]
    sentQueues: [
      'market-events'
    ]
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    location: location
    tags: tags
    suffix: suffix
    purgeProtection: vaultPurgeProtection
    functionsPrincipalId: identities.outputs.functionsPrincipalId
    sidecarPrincipalId: identities.outputs.sidecarPrincipalId
    telegramBotToken: telegramBotToken
    telegramWebhookSecret: telegramWebhookSecret
    dashboardToken: dashboardToken
    dashboardViewerToken: dashboardViewerToken
    binanceApiKey: binanceApiKey
    binanceApiSecret: binanceApiSecret
    workspaceId: telemetry.outputs.workspaceId
  }
}

module scheduler 'modules/scheduler.bicep' = if (durableBackend == 'scheduler') {
  name: 'scheduler'
  scope: group
  params: {
    location: location
    tags: tags
    suffix: suffix
    taskHub: taskHub
    principalId: identities.outputs.functionsPrincipalId
  }
}

module network 'modules/network.bicep' = if (staticAddress) {
  name: 'network'
  scope: group
  params: {
    location: location
    tags: tags
    suffix: suffix
  }
}

module containerEnvironment 'modules/environment.bicep' = {
  name: 'container-environment'
  scope: group
  params: {
    location: location
    tags: tags
    suffix: suffix
    subnetId: network.?outputs.sidecarSubnetId ?? ''
    workspaceId: telemetry.outputs.workspaceId
  }
}

module registry 'modules/registry.bicep' = if (privateRegistry) {
  name: 'registry'
  scope: group
  params: {
    location: location
    tags: tags
    suffix: suffix
    pullPrincipalId: identities.outputs.pullPrincipalId
  }
}

module functions 'app/functions.bicep' = {
  name: 'functions'
  scope: group
  params: {
    location: location
    tags: tags
    name: functionsName
    identityId: identities.outputs.functionsId
    identityClientId: identities.outputs.functionsClientId
    identityPrincipalId: identities.outputs.functionsPrincipalId
    hostAccountName: storage.outputs.hostAccountName
    packageContainer: storage.outputs.packageContainer
    dataAccountName: storage.outputs.dataAccountName
    storagePrefix: storagePrefix
    taskHub: taskHub
    schedulerEndpoint: scheduler.?outputs.endpoint ?? ''
    vaultUri: vault.outputs.uri
    secretNames: vault.outputs.functionsSecrets
    applicationInsights: telemetry.outputs.connectionString
    workspaceId: telemetry.outputs.workspaceId
    instanceMemoryMB: instanceMemoryMB
    alwaysReadyMarketEvents: alwaysReadyMarketEvents
    alwaysReadyDurable: alwaysReadyDurable
    mode: mode
    telegramChats: telegramChats
    webhookUrl: empty(telegramBotToken) ? '' : webhookUrl
  }
  dependsOn: [
    functionsAccess
  ]
}

// With a private registry `azd deploy` deploys this same module, after it has pushed the image.
module sidecar 'app/sidecar.bicep' = if (!privateRegistry) {
  name: 'sidecar'
  scope: group
  params: {
    location: location
    environmentName: environmentName
    name: sidecarName
    image: sidecarImage
    containerEnvironmentId: containerEnvironment.outputs.id
    containerEnvironmentDomain: containerEnvironment.outputs.defaultDomain
    identityId: identities.outputs.sidecarId
    identityClientId: identities.outputs.sidecarClientId
    registryServer: ''
    pullIdentityId: ''
    accountName: storage.outputs.dataAccountName
    storagePrefix: storagePrefix
    vaultUri: vault.outputs.uri
    secretNames: vault.outputs.sidecarSecrets
    applicationInsights: telemetry.outputs.connectionString
    cpu: sidecarCpu
    mode: mode
    telegramChats: telegramChats
    webhookUrl: empty(telegramBotToken) ? '' : webhookUrl
    entraClientId: entraClientId
    entraTenantId: empty(entraTenantId) ? tenant().tenantId : entraTenantId
    entraTrusted: entraTrusted
  }
  dependsOn: [
    sidecarAccess
  ]
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    location: location
    tags: tags
    suffix: suffix
    componentId: telemetry.outputs.componentId
    dataAccountId: storage.outputs.dataAccountId
    email: alertEmail
    enabled: alertsEnabled
    budgetUsd: budgetUsd
    budgetStart: budgetStart
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  scope: group
  params: {
    location: location
    tags: tags
    componentId: telemetry.outputs.componentId
  }
}

// azd keeps these as environment variables: its own targets, the sidecar's module and the hook read them.
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_LOCATION string = location
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = registry.?outputs.loginServer ?? ''
output AZURE_CONTAINER_APPS_ENVIRONMENT_ID string = containerEnvironment.outputs.id
output AZURE_CONTAINER_APPS_ENVIRONMENT_DEFAULT_DOMAIN string = containerEnvironment.outputs.defaultDomain
output SIDECAR_NAME string = sidecarName
output SIDECAR_IDENTITY_ID string = identities.outputs.sidecarId
output SIDECAR_IDENTITY_CLIENT_ID string = identities.outputs.sidecarClientId
output SIDECAR_PULL_IDENTITY_ID string = identities.outputs.pullId
output SIDECAR_SECRETS string = vault.outputs.sidecarSecrets
output SIDECAR_CPU string = sidecarCpu
output SIDECAR_ENDPOINT string = 'https://${sidecarName}.${containerEnvironment.outputs.defaultDomain}'
output FUNCTIONS_ENDPOINT string = functions.outputs.endpoint
output STORAGE_ACCOUNT string = storage.outputs.dataAccountName
output STORAGE_PREFIX string = storagePrefix
output KEY_VAULT_URI string = vault.outputs.uri
output APPLICATIONINSIGHTS_CONNECTION_STRING string = telemetry.outputs.connectionString
output BOT_MODE string = mode
output TELEGRAM_CHATS string = telegramChats
output TELEGRAM_WEBHOOK_URL string = empty(telegramBotToken) ? '' : webhookUrl
output ENTRA_CLIENT_ID string = entraClientId
output ENTRA_TENANT string = empty(entraTenantId) ? tenant().tenantId : entraTenantId
output ENTRA_TRUSTED bool = entraTrusted
output DURABLE_BACKEND string = durableBackend
output DURABLE_DASHBOARD_URL string = scheduler.?outputs.dashboardUrl ?? ''
output STATIC_ADDRESS string = network.?outputs.address ?? ''

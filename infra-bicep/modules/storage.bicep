// Two accounts. The data account is shared by sidecar and functions, each with roles on single tables, containers and queues.
// The host account belongs to the functions host alone, which needs to own all blobs of its account (leases, keys, packages):
// so the host's wide role reaches nothing of the bot's. Accounts cost nothing by themselves.
param location string
param tags object
param suffix string

@description('First part of the names of tables and containers.')
param prefix string

@description('Days for which the day roots cannot be changed; 0 for no policy.')
param rootsImmutableDays int

param workspaceId string

var tables = [
  'candles'
  'series'
  'signals'
  'state'
  'market'
  'outbox'
  'poison'
  'beats'
]
var containers = [
  'kernel'
  'ledger'
  'leases'
  'backtests'
]
var queues = [
  'market-events'
  'market-events-poison'   // the functions' host moves there what it gives up
  'sidecar-commands'
]
var packageContainerName = 'deployment'

resource data 'Microsoft.Storage/storageAccounts@2025-08-01' = {
  name: 'st${suffix}'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Enabled'   // identities decide; a private endpoint would cost 73 USD a month with the environment's
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-08-01' = {
  parent: data
  name: 'default'
  properties: {
    deleteRetentionPolicy: {
      enabled: true
      days: 7
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: 7
    }
  }
}

resource dataContainers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-08-01' = [for container in containers: {
  parent: blobs
  name: '${prefix}-${container}'
  properties: {
    publicAccess: 'None'
  }
}]

resource roots 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-08-01' = {
  parent: blobs
  name: '${prefix}-roots'
  properties: {
    publicAccess: 'None'
  }
}

// A root is written once. Unlocked, so that its owner can still take the policy away, which the activity log shows;
// lock it with `az storage container immutability-policy lock` when that must be impossible too.
resource rootsPolicy 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2025-08-01' = if (rootsImmutableDays > 0) {
  parent: roots
  name: 'default'
  properties: {
    immutabilityPeriodSinceCreationInDays: rootsImmutableDays
    allowProtectedAppendWrites: true
  }
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-08-01' = {
  parent: data
  name: 'default'
}

resource dataQueues 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-08-01' = [for queue in queues: {
  parent: queueService
  name: queue
}]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-08-01' = {
  parent: data
  name: 'default'
}

resource dataTables 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-08-01' = [for table in tables: {
  parent: tableService
  name: '${prefix}${table}'
}]

// Kernel states are replaced all day and old backtests are read by nobody; the ledger is append blobs, which tiers do not take.
resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2025-08-01' = {
  parent: data
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'old-backtests'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: [
                'blockBlob'
              ]
              prefixMatch: [
                '${prefix}-backtests/'
              ]
            }
            actions: {
              baseBlob: {
                tierToCool: {
                  daysAfterModificationGreaterThan: 30
                }
                delete: {
                  daysAfterModificationGreaterThan: 180
                }
              }
            }
          }
        }
        {
          name: 'old-ledgers'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: [
                'appendBlob'
              ]
              prefixMatch: [
                '${prefix}-ledger/'
              ]
            }
            actions: {
              baseBlob: {
                delete: {
                  daysAfterModificationGreaterThan: 1100   // three years: what a tax office may ask for
                }
              }
            }
          }
        }
      ]
    }
  }
  dependsOn: [
    dataContainers
  ]
}

resource host 'Microsoft.Storage/storageAccounts@2025-08-01' = {
  name: 'sth${suffix}'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Enabled'
  }
}

resource hostBlobs 'Microsoft.Storage/storageAccounts/blobServices@2025-08-01' = {
  parent: host
  name: 'default'
}

resource packages 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-08-01' = {
  parent: hostBlobs
  name: packageContainerName
  properties: {
    publicAccess: 'None'
  }
}

resource queueLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: queueService
  properties: {
    workspaceId: workspaceId
    metrics: [
      {
        category: 'Transaction'
        enabled: true
      }
    ]
  }
}

output dataAccountName string = data.name
output dataAccountId string = data.id
output hostAccountName string = host.name
output packageContainer string = packages.name

// The Durable Task Scheduler: it pushes work over gRPC, so nothing polls and nothing has to be always ready.
param location string
param tags object
param suffix string
param taskHub string
param principalId string

var durableTaskContributor = '0ad04412-c4d5-4796-b79c-f76d14c8d402'   // Durable Task Data Contributor

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: 'dts-${suffix}'
  location: location
  tags: tags
  properties: {
    ipAllowlist: [
      '0.0.0.0/0'   // an empty list denies everything; the identity decides
    ]
    sku: {
      name: 'Consumption'
    }
  }
}

resource hub 'Microsoft.DurableTask/schedulers/taskHubs@2025-11-01' = {
  parent: scheduler
  name: taskHub
  properties: {}
}

// Without it nothing is ever purged. What a signal came to is in the ledger, not here.
resource retention 'Microsoft.DurableTask/schedulers/retentionPolicies@2025-11-01' = {
  parent: scheduler
  name: 'default'
  properties: {
    retentionPolicies: [
      {
        retentionPeriodInDays: 7
        orchestrationState: 'Completed'
      }
      {
        retentionPeriodInDays: 30
        orchestrationState: 'Failed'
      }
      {
        retentionPeriodInDays: 30
        orchestrationState: 'Terminated'
      }
      {
        retentionPeriodInDays: 30
        orchestrationState: 'Canceled'
      }
    ]
  }
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hub.id, principalId, durableTaskContributor)
  scope: hub
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', durableTaskContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

output endpoint string = scheduler.properties.endpoint
output dashboardUrl string = hub.properties.dashboardUrl

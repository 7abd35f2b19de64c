// Logs, metrics and traces of both processes. No keys: what sends, sends with its identity.
param location string
param tags object
param suffix string
param dailyGb int

@description('Principals that may send telemetry.')
param publishers array

var metricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'   // Monitoring Metrics Publisher

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: 'log-${suffix}'
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: 30
    workspaceCapping: {
      dailyQuotaGb: dailyGb
    }
    features: {
      disableLocalAuth: true
    }
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${suffix}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    IngestionMode: 'LogAnalytics'
    DisableLocalAuth: true
  }
}

resource publish 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for publisher in publishers: {
  name: guid(component.id, publisher, metricsPublisher)
  scope: component
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', metricsPublisher)
    principalId: publisher
    principalType: 'ServicePrincipal'
  }
}]

output workspaceId string = workspace.id
output componentId string = component.id
output connectionString string = component.properties.ConnectionString

// What one identity may do in the data account: a role on each table, container and queue it uses, none on the account.
// The roles do not create tables, containers or queues; the template does.
param accountName string
param principalId string
param writtenTables array

@description('Tables of which it only reads.')
param readTables array
param writtenContainers array

@description('Containers of which it only reads.')
param readContainers array = []

@description('Queues whose messages it takes, deletes and, for poison, puts.')
param ownedQueues array

@description('Queues to which it only sends.')
param sentQueues array

var tableRoles = {
  write: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'   // Storage Table Data Contributor
  read: '76199698-9eea-4c19-bc75-cec21354c6b6'   // Storage Table Data Reader
}
var containerRoles = {
  write: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'   // Storage Blob Data Contributor
  read: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'   // Storage Blob Data Reader
}
var queueRoles = {
  own: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'   // Storage Queue Data Contributor
  send: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'   // Storage Queue Data Message Sender
}
var tableGrants = concat(map(writtenTables, name => { name: name, role: tableRoles.write }), map(readTables, name => { name: name, role: tableRoles.read }))
var containerGrants = concat(map(writtenContainers, name => { name: name, role: containerRoles.write }), map(readContainers, name => { name: name, role: containerRoles.read }))
var queueGrants = concat(map(ownedQueues, name => { name: name, role: queueRoles.own }), map(sentQueues, name => { name: name, role: queueRoles.send }))

resource account 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: accountName
}

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-08-01' existing = {
  parent: account
  name: 'default'
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-08-01' existing = [for grant in tableGrants: {
  parent: tableService
  name: grant.name
}]

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2025-08-01' existing = {
  parent: account
  name: 'default'
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-08-01' existing = [for grant in containerGrants: {
  parent: blobService
  name: grant.name
}]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-08-01' existing = {
  parent: account
  name: 'default'
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-08-01' existing = [for grant in queueGrants: {
  parent: queueService
  name: grant.name
}]

resource tableAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (grant, index) in tableGrants: {
  name: guid(account.id, 'table', grant.name, principalId, grant.role)
  scope: tables[index]
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}]

resource containerAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (grant, index) in containerGrants: {
  name: guid(account.id, 'container', grant.name, principalId, grant.role)
  scope: containers[index]
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}]

resource queueAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (grant, index) in queueGrants: {
  name: guid(account.id, 'queue', grant.name, principalId, grant.role)
  scope: queues[index]
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}]

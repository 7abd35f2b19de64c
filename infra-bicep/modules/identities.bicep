// One identity for each process, so that each can be given exactly what it needs.
param location string
param tags object
param suffix string

@description('Whether an identity that may only pull the image is needed; the code in the container cannot use it.')
param withPull bool

resource functions 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-functions-${suffix}'
  location: location
  tags: tags
}

resource sidecar 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-sidecar-${suffix}'
  location: location
  tags: tags
}

resource pull 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = if (withPull) {
  name: 'id-pull-${suffix}'
  location: location
  tags: tags
}

output functionsId string = functions.id
output functionsClientId string = functions.properties.clientId
output functionsPrincipalId string = functions.properties.principalId
output sidecarId string = sidecar.id
output sidecarClientId string = sidecar.properties.clientId
output sidecarPrincipalId string = sidecar.properties.principalId
output pullId string = withPull ? pull.id : ''
output pullPrincipalId string = pull.?properties.principalId ?? ''

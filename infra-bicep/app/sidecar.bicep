// The sidecar: the only process that talks to the exchange. `azd deploy` deploys this module by itself with the image that it
// pushed (azure.yaml: module app/sidecar); main.bicep deploys it when the image comes from a public registry.
param location string = resourceGroup().location
param environmentName string
param name string
param image string
param containerEnvironmentId string
param containerEnvironmentDomain string
param identityId string
param identityClientId string

@description('Private registry of the image; empty for a public one.')
param registryServer string

@description('Identity that may pull from it.')
param pullIdentityId string
param accountName string
param storagePrefix string
param vaultUri string

@description('Names of the secrets this app may read, separated by commas.')
#disable-next-line secure-secrets-in-params   // names, no secrets
param secretNames string
param applicationInsights string

@description('Cores; memory is twice as many GiB.')
@allowed([
  '0.25'
  '0.5'
  '1'
])
param cpu string
param mode string
param telegramChats string
param webhookUrl string

@description('Client id of the registration with which Entra ID signs people in before the page. Empty: the page does it by itself, with its tokens.')
param entraClientId string

@description('Tenant of that registration.')
param entraTenantId string

@description('The page believes whom Entra ID has signed in, and asks for no token. Only once the sign-in is in place: until then anybody could name himself.')
param entraTrusted bool

var memories = {
  '0.25': '0.5Gi'
  '0.5': '1Gi'
  '1': '2Gi'
}
var secretList = filter(split(secretNames, ','), secret => !empty(secret))
var pulling = empty(pullIdentityId) ? {} : {
  '${pullIdentityId}': {}
}
var settings = [
  {
    name: 'ASPNETCORE_HTTP_PORTS'
    value: '8080'
  }
  {
    name: 'AZURE_CLIENT_ID'
    value: identityClientId
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
    name: 'OTEL_SERVICE_NAME'
    value: 'futuresbot-sidecar'
  }
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
    value: accountName
  }
  {
    name: 'FUTURESBOT__STORAGE__CLIENT_ID'
    value: identityClientId
  }
  {
    name: 'FUTURESBOT__DASHBOARD__ADDRESS'
    value: 'any'
  }
  {
    name: 'FUTURESBOT__DASHBOARD__PORT'
    value: '8080'
  }
  {
    name: 'FUTURESBOT__DASHBOARD__ALLOWED_HOSTS'
    value: '${name}.${containerEnvironmentDomain}'
  }
  {
    name: 'FUTURESBOT__DASHBOARD__TRUSTED_FRONT'
    value: entraTrusted && !empty(entraClientId) ? 'true' : 'false'
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

// Each secret becomes the environment variable of its name.
var secretSettings = [for secret in secretList: {
  name: toUpper(replace(secret, '-', '_'))
  secretRef: secret
}]

resource app 'Microsoft.App/containerApps@2025-07-01' = {
  name: name
  location: location
  tags: {
    'azd-env-name': environmentName
    'azd-service-name': 'sidecar'
  }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: union({ '${identityId}': {} }, pulling)
  }
  properties: {
    environmentId: containerEnvironmentId
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      maxInactiveRevisions: 3
      ingress: {
        external: true
        targetPort: 8080
        transport: 'auto'
        allowInsecure: false
      }
      registries: empty(registryServer) ? [] : [
        {
          server: registryServer
          identity: pullIdentityId
        }
      ]
      identitySettings: empty(pullIdentityId) ? [] : [
        {
          identity: pullIdentityId
          lifecycle: 'None'   // for the platform's pull alone: the code in the container is not offered it
        }
      ]
      secrets: [for secret in secretList: {
        name: secret
        keyVaultUrl: '${vaultUri}secrets/${secret}'
        identity: identityId
      }]
    }
    template: {
      terminationGracePeriodSeconds: 30   // the sidecar ends within 25
      containers: [
        {
          name: 'sidecar'
          image: image
          resources: {
            cpu: json(cpu)
            memory: memories[cpu]
          }
          env: concat(settings, secretSettings)
          // The platform is asked about life only. /health/ready says whether the market is followed; were it the readiness
          // probe, the ingress would hide the very reason (451, 403) that it tells, and a new revision, which waits for the
          // old one's lease, would never become ready while the old one waits for it.
          probes: [
            {
              type: 'Startup'
              httpGet: {
                path: '/health/live'
                port: 8080
              }
              periodSeconds: 3
              failureThreshold: 40
            }
            {
              type: 'Readiness'
              httpGet: {
                path: '/health/live'
                port: 8080
              }
              periodSeconds: 5
              failureThreshold: 3
            }
            {
              type: 'Liveness'
              httpGet: {
                path: '/health/live'
                port: 8080
              }
              periodSeconds: 10
              timeoutSeconds: 5
              failureThreshold: 6
            }
          ]
        }
      ]
      scale: {
        minReplicas: 1   // streams are never idle, so there is nothing to scale to zero for
        maxReplicas: 1   // one budget of requests, one writer; a lease decides while two revisions overlap
      }
    }
  }
}

// People are sent to Entra ID before anything reaches the page; health stays open for the hook and the probes. Without a secret: the
// registration gives out id tokens, and nothing is done in anybody's name.
resource signIn 'Microsoft.App/containerApps/authConfigs@2026-01-01' = if (!empty(entraClientId)) {
  parent: app
  name: 'current'
  properties: {
    platform: {
      enabled: true
    }
    globalValidation: {
      unauthenticatedClientAction: 'RedirectToLoginPage'
      redirectToProvider: 'azureactivedirectory'
      excludedPaths: [
        '/health/live'
        '/health/ready'
      ]
    }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: entraClientId
          openIdIssuer: '${environment().authentication.loginEndpoint}${entraTenantId}/v2.0'
        }
        validation: {
          allowedAudiences: [
            entraClientId
            'api://${entraClientId}'
          ]
        }
      }
    }
    httpSettings: {
      requireHttps: true
    }
  }
}

// What must wake somebody, and a budget. Each rule's query lies in alerts/ and returns one row, so that silence is a number too.
param location string
param tags object
param suffix string
param componentId string
param dataAccountId string
param email string
param enabled bool
param budgetUsd int
param budgetStart string

var rules = [
  {
    name: 'no-closed-candle'
    title: 'No closed candle for two intervals'
    query: loadTextContent('../alerts/no-closed-candle.kql')
    column: 'candles'
    operator: 'LessThan'
    threshold: 1
    window: 'PT15M'   // two intervals of 5m, and what telemetry needs to arrive
    severity: 0
  }
  {
    name: 'unprotected-position'
    title: 'A position has no stop on the exchange'
    query: loadTextContent('../alerts/unprotected-position.kql')
    column: 'positions'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT5M'
    severity: 0
  }
  {
    name: 'ban'
    title: 'The exchange has banned the address'
    query: loadTextContent('../alerts/ban.kql')
    column: 'bans'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT5M'
    severity: 1
  }
  {
    name: 'stalled'
    title: 'Timers, the queue trigger or orchestrations have stopped'
    query: loadTextContent('../alerts/stalled.kql')
    column: 'silent'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT5M'
    severity: 1
  }
  {
    name: 'poison'
    title: 'A message was given up'
    query: loadTextContent('../alerts/poison.kql')
    column: 'messages'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
    severity: 2
  }
  {
    name: 'failed-functions'
    title: 'Functions fail'
    query: loadTextContent('../alerts/failed-functions.kql')
    column: 'failures'
    operator: 'GreaterThan'
    threshold: 5
    window: 'PT15M'
    severity: 2
  }
]
var groups = empty(email) ? [] : [people.id]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'futuresbot'
    enabled: true
    emailReceivers: [
      {
        name: 'email'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in rules: {
  name: 'alert-${rule.name}-${suffix}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: rule.title
    severity: rule.severity
    enabled: enabled
    scopes: [
      componentId
    ]
    evaluationFrequency: 'PT5M'
    windowSize: rule.window
    criteria: {
      allOf: [
        {
          query: rule.query
          metricMeasureColumn: rule.column
          timeAggregation: 'Total'
          operator: rule.operator
          threshold: rule.threshold
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    autoMitigate: true
    skipQueryValidation: true   // the tables are there only after the first telemetry
    actions: {
      actionGroups: groups
    }
  }
}]

// The platform's own measure, free of telemetry: requests that the data account refused to serve.
resource refused 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'alert-storage-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    description: 'The data account answers less than 95 % of its requests'
    severity: 2
    enabled: enabled
    scopes: [
      dataAccountId
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'availability'
          metricName: 'Availability'
          timeAggregation: 'Average'
          operator: 'LessThan'
          threshold: 95
        }
      ]
    }
    actions: [for group in groups: {
      actionGroupId: group
    }]
  }
}

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = if (budgetUsd > 0 && !empty(email) && !empty(budgetStart)) {
  name: 'budget-${suffix}'
  properties: {
    category: 'Cost'
    amount: budgetUsd
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: budgetStart
    }
    notifications: {
      spent: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: [
          email
        ]
      }
      foreseen: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: [
          email
        ]
      }
    }
  }
}

// One workbook over the queries in queries/: the same files that the tests check are what is shown.
param location string
param tags object
param componentId string

var plan = loadTextContent('../workbook.json')
var queries = [
  {
    mark: '@@signals-by-strategy@@'
    text: loadTextContent('../queries/signals-by-strategy.kql')
  }
  {
    mark: '@@win-rate@@'
    text: loadTextContent('../queries/win-rate.kql')
  }
  {
    mark: '@@latency@@'
    text: loadTextContent('../queries/latency.kql')
  }
  {
    mark: '@@budget-use@@'
    text: loadTextContent('../queries/budget-use.kql')
  }
  {
    mark: '@@book-resyncs@@'
    text: loadTextContent('../queries/book-resyncs.kql')
  }
  {
    mark: '@@candle-completeness@@'
    text: loadTextContent('../queries/candle-completeness.kql')
  }
  {
    mark: '@@errors@@'
    text: loadTextContent('../queries/errors.kql')
  }
  {
    mark: '@@orchestration-stalls@@'
    text: loadTextContent('../queries/orchestration-stalls.kql')
  }
  {
    mark: '@@cost-by-operation@@'
    text: loadTextContent('../queries/cost-by-operation.kql')
  }
  {
    mark: '@@signal-story@@'
    // its id is asked for above the table
    text: replace(loadTextContent('../queries/signal-story.kql'), 'let signal = \'\';', 'let signal = \'{SignalId}\';')
  }
]

// string() of the one-element array gives the query's text quoted and escaped as JSON, within brackets that are cut off.
var quoted = [for query in queries: {
  mark: '"${query.mark}"'
  json: substring(string([query.text]), 1, length(string([query.text])) - 2)
}]
var serialized = reduce(quoted, plan, (text, query) => replace(string(text), query.mark, query.json))

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(componentId, 'futuresbot-workbook')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'FuturesBot'
    category: 'workbook'
    sourceId: componentId
    serializedData: string(serialized)
    version: 'Notebook/1.0'
  }
}

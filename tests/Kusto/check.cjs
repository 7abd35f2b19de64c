// Checks Kusto queries with Kusto's own language service: reads a JSON of {schema, queries: [{name, text}]} and writes the faults found.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const folder = path.join(__dirname, 'node_modules', '@kusto', 'language-service-next');
for (const file of ['bridge.min.js', 'Kusto.Language.Bridge.min.js']) {
  vm.runInThisContext(fs.readFileSync(path.join(folder, file), 'utf8'), { filename: file });
}

const { schema, queries } = JSON.parse(fs.readFileSync(0, 'utf8'));
const faults = [];
for (const { name, text } of queries) {
  // The tables are declared in front; what is found there would be a fault of the schema and is told too.
  const code = Kusto.Language.KustoCode.ParseAndAnalyze(schema + '\n' + text);
  const diagnostics = code.GetDiagnostics();
  for (let i = 0; i < diagnostics.Count; i++) {
    const one = diagnostics.getItem(i);
    if (one.Severity === 'Suggestion' || one.Severity === 'Hidden') continue;
    const at = one.Start - schema.length - 1;
    const line = at < 0 ? 0 : text.slice(0, at).split('\n').length;
    faults.push({ name, line, code: one.Code, message: one.Message });
  }
}

process.stdout.write(JSON.stringify(faults));

using System.Text.Json.Nodes;
using FuturesBot.Infra.Tests.Bicep;
using FuturesBot.Infra.Tests.Linting;
using Xunit;

namespace FuturesBot.Infra.Tests;

/// <summary>Each rule finds the fault it is for, planted in a small template that has none.</summary>
public sealed class PlantedFaultTests
{
    private const string Main = """
        targetScope = 'subscription'
        @allowed(['dev', 'prod'])
        param kind string = 'dev'
        @secure()
        param key string
        resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
          name: 'rg-${kind}'
          location: 'northeurope'
        }
        module inner 'inner.bicep' = {
          name: 'inner'
          scope: group
          params: {
            place: group.location
            key: key
          }
        }
        output address string = inner.outputs.endpoint
        """;

    private const string Inner = """
        param place string
        @secure()
        param key string
        param days int = 7
        var owner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner
        var logs = ['Console', 'System']
        resource account 'Microsoft.Storage/storageAccounts@2025-08-01' = {
          name: 'stbot'
          location: place
          kind: 'StorageV2'
          sku: {
            name: 'Standard_LRS'
          }
          properties: {
            allowSharedKeyAccess: false
          }
        }
        resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-08-01' = {
          parent: account
          name: 'default'
        }
        resource box 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-08-01' = [for log in logs: {
          parent: blobs
          name: 'box-${toLower(log)}'
        }]
        resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
          name: 'kv'
        }
        resource secret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
          parent: vault
          name: 'exchange-key'
          properties: {
            value: key
          }
        }
        resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
          name: guid(account.id, owner)
          scope: account
          properties: {
            roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', owner)
            principalId: account.id
          }
        }
        resource hush 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
          name: 'log-bot'
          location: place
          properties: {
            retentionInDays: days
          }
        }
        output endpoint string = account.properties.primaryEndpoints.blob
        """;

    private static readonly JsonNode Compact = JsonNode.Parse(File.ReadAllText(Path.Combine(Project.Own, "bicep-types.json")))!;

    [Fact]
    public void Lint_TheSampleAsItIs_FindsNothing() => Assert.Empty(Lint(Main, Inner));

    [Theory]
    [InlineData("allowSharedKeyAccess: false", "allowSharedKeyAcces: false", "property")]
    [InlineData("allowSharedKeyAccess: false", "AllowSharedKeyAccess: false", "property")]
    [InlineData("allowSharedKeyAccess: false", "creationTime: 'now'", "read-only")]
    [InlineData("allowSharedKeyAccess: false", "allowSharedKeyAccess: 'no'", "kind")]
    [InlineData("allowSharedKeyAccess: false", "accessTier: 'Warm'", "enum")]
    [InlineData("allowSharedKeyAccess: false", "allowSharedKeyAccess: false\n    allowSharedKeyAccess: true", "twice")]
    [InlineData("  kind: 'StorageV2'\n", "", "required")]
    [InlineData("    name: 'Standard_LRS'\n", "", "required")]
    [InlineData("'Standard_LRS'", "'Standard_LSR'", "unusual-value")]
    [InlineData("name: 'stbot'", "name: 'St-bot'", "pattern")]
    [InlineData("name: 'stbot'", "name: 'st'", "length")]
    [InlineData("storageAccounts@2025-08-01' = {", "storageAccounts@2025-08-02' = {", "type")]
    [InlineData("'Microsoft.Storage/storageAccounts@2025-08-01'", "'Microsoft.Storage/StorageAccounts@2025-08-01'", "type")]
    [InlineData("'Microsoft.Storage/storageAccounts@2025-08-01'", "'Microsoft.Storage/accounts@2025-08-01'", "type")]
    [InlineData("retentionInDays: days", "retentionInDays: 30", "unused-parameter")]
    [InlineData("in logs:", "in ['a']:", "unused-variable")]
    [InlineData("location: place\n  kind", "location: plaice\n  kind", "reference")]
    [InlineData("toLower(log)", "toLower(lag)", "reference")]
    [InlineData("toLower(log)", "lower(log)", "function")]
    [InlineData("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "b7e6dc6d-f1e8-4753-8033-0f276bb0955c", "role")]
    [InlineData("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "ba92f5b4-2d11-453d-a403-e96b0029c9fe", "role")]
    [InlineData("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "9d3a82f5-2d5a-4c3a-8e7f-6c2f8f8f8f8f", "role")]
    [InlineData("name: guid(account.id, owner)", "name: 'access'", "role-name")]
    [InlineData("  parent: account\n  name: 'default'", "  parent: vault\n  name: 'default'", "parent")]
    [InlineData("existing = {\n  name: 'kv'", "existing = {\n  location: place\n  name: 'kv'", "existing")]
    [InlineData("account.properties.primaryEndpoints.blob", "account.properties.primaryEndpoint.blob", "member")]
    [InlineData("account.properties.primaryEndpoints.blob", "account.propertis.primaryEndpoints", "member")]
    [InlineData("account.properties.primaryEndpoints.blob", "key", "secret-output")]
    [InlineData("account.properties.primaryEndpoints.blob", "'x${key}'", "secret-output")]
    [InlineData("@secure()\n", "", "secret-parameter")]
    [InlineData("@secure()\n", "@secret()\n", "decorator")]
    [InlineData("name: 'log-bot'", "name: 'FUNCTIONS_WORKER_RUNTIME'", "setting")]
    [InlineData("name: 'log-bot'", "name: loadTextContent('absent.kql')", "file")]
    [InlineData("param days int = 7", "@maxValue(5)\nparam days int = 7", "default")]
    [InlineData("param days int = 7", "param days int", "module-parameter")]
    [InlineData("param days int = 7", "param days int = 7\nparam days int = 8", "twice")]
    [InlineData("param days int = 7", "param days int = ", "syntax")]
    [InlineData("output endpoint", "output other string = place\noutput endpoint", "unused-output")]
    [InlineData("output endpoint", "output endpoints", "output")]
    public void Lint_FaultInTheModule_IsFound(string right, string wrong, string rule) => AssertFound(Main, Planted(Inner, right, wrong), rule);

    [Theory]
    [InlineData("    place: group.location\n", "", "module-parameter")]
    [InlineData("place: group.location", "places: group.location", "module-parameter")]
    [InlineData("place: group.location", "place: 5", "module-parameter")]
    [InlineData("  scope: group\n", "", "scope")]
    [InlineData("  scope: group\n", "  scope: group\n  parms: {}\n", "property")]
    [InlineData("'inner.bicep'", "'outer.bicep'", "module")]
    [InlineData("inner.outputs.endpoint", "inner.outputs.endpiont", "output")]
    [InlineData("inner.outputs.endpoint", "inner.output.endpoint", "member")]
    [InlineData("= 'dev'", "= 'test'", "default")]
    [InlineData("'Microsoft.Resources/resourceGroups@2025-04-01'", "'Microsoft.Storage/storageAccounts@2025-08-01'", "scope")]
    [InlineData("output address", "output adress", "unused-output")]
    public void Lint_FaultInTheFirstFile_IsFound(string right, string wrong, string rule) => AssertFound(Planted(Main, right, wrong), Inner, rule);

    [Theory]
    [InlineData("\"place\": { \"value\": \"${PLACE}\" }", "", "place is needed")]
    [InlineData("\"place\"", "\"palce\"", "has no parameter palce")]
    [InlineData("${DAYS=7}", "${DAYS=8}", "the default of days was '8'")]
    [InlineData("${DAYS=7}", "7", "has to be a variable")]
    public void Parameters_ThatDoNotFit_AreFound(string right, string wrong, string message)
    {
        const string Json = """{ "parameters": { "days": { "value": "${DAYS=7}" }, "key": { "value": "${KEY}" }, "place": { "value": "${PLACE}" } } }""";
        var template = Parser.Parse("inner.bicep", Inner);
        var planted = Planted(Json, right, wrong).Replace("}, }", "} }").Replace(",  }", " }");

        Assert.Empty(Deployment.Parameters("p.json", Json, template));
        Assert.Contains(Deployment.Parameters("p.json", planted, template), fault => fault.Contains(message));
    }

    [Fact]
    public void Unmet_VariableThatNobodyGives_IsFound()
    {
        var main = Parser.Parse("main.bicep", Main);

        Assert.Empty(Deployment.Unmet("p.json", "${address=} ${AZURE_ENV_NAME}", main));
        Assert.Contains("ADDRES", Assert.Single(Deployment.Unmet("p.json", "${ADDRES}", main)));
    }

    private static void AssertFound(string main, string inner, string rule)
    {
        var findings = Lint(main, inner);
        Assert.True(findings.Any(finding => finding.Rule == rule), $"no {rule} among: {string.Join("; ", findings)}");
    }

    private static string Planted(string text, string right, string wrong)
    {
        Assert.Contains(right, text);
        var at = text.IndexOf(right, StringComparison.Ordinal);
        return text[..at] + wrong + text[(at + right.Length)..];
    }

    private static IReadOnlyList<Finding> Lint(string main, string inner)
    {
        var files = new Dictionary<string, string> { ["main.bicep"] = main, ["inner.bicep"] = inner };
        return new Linter(path => files.GetValueOrDefault(path), new(Compact), new(Compact)).Lint(["main.bicep"], new HashSet<string> { "address" });
    }
}

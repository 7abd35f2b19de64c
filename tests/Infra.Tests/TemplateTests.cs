using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FuturesBot.Infra.Tests.Bicep;
using FuturesBot.Infra.Tests.Linting;
using Xunit;

namespace FuturesBot.Infra.Tests;

/// <summary>The templates of this project, held against the rules.</summary>
public sealed partial class TemplateTests
{
    private static readonly string[] Roots = ["main.bicep", "app/sidecar.bicep"];
    private static readonly JsonNode Compact = JsonNode.Parse(File.ReadAllText(Path.Combine(Project.Own, "bicep-types.json")))!;

    [Fact]
    public void Templates_AgainstTheProjectsTable_HaveNoFault() =>
        Assert.DoesNotContain(Lint(new(Compact)).Findings, finding => !IsQueryToCome(finding));

    [Fact]
    public void Templates_AgainstAllTypes_HaveNoFault()
    {
        Assert.SkipWhen(Project.AllTypes is null, Project.TypesAbsent);

        // What the whole table lacks is held against the project's own alone, in the test above.
        var own = JsonNode.Parse(File.ReadAllText(Path.Combine(Project.Own, "own-types.json")))!["resources"]!.AsObject().Select(entry => entry.Key).ToArray();
        Assert.DoesNotContain(
            Lint(TypeTable.Read(Path.Combine(Project.AllTypes, "bicep-types.json"))).Findings,
            finding => !IsQueryToCome(finding) && !own.Any(type => finding.Message.Contains(type)));
    }

    [Fact]
    public void Table_OfTheProject_IsCutFromTheWhole()
    {
        Assert.SkipWhen(Project.AllTypes is null, Project.TypesAbsent);
        var full = JsonNode.Parse(File.ReadAllText(Path.Combine(Project.AllTypes, "bicep-types.json")))!;
        var roles = JsonNode.Parse(File.ReadAllText(Path.Combine(Project.AllTypes, "roles.json")))!;
        var own = JsonNode.Parse(File.ReadAllText(Path.Combine(Project.Own, "own-types.json")))!;
        var used = Lint(new(full)).Templates.SelectMany(template => template.Of(DeclarationKind.Resource)).Select(resource => resource.Of.Split('@'))
            .Select(parts => (parts[0], parts[1])).Distinct();

        var expected = CompactTypes.Of(full, roles, own, used);
        var path = Path.Combine(Project.Own, "bicep-types.json");
        if (Environment.GetEnvironmentVariable("FUTURESBOT_WRITE_BICEP_TYPES") == "1") File.WriteAllText(path, expected);

        Assert.True(expected == File.ReadAllText(path), "tests/Infra.Tests/bicep-types.json is not what the templates need; "
            + "write it with: FUTURESBOT_WRITE_BICEP_TYPES=1 dotnet test tests/Infra.Tests --filter Table_OfTheProject_IsCutFromTheWhole");
    }

    [Fact]
    public void Queries_ThatTheWorkbookLoads_AreThere()
    {
        Assert.SkipWhen(!Directory.Exists(Path.Combine(Project.Templates, "queries")), "infra-bicep/queries is not in this checkout yet");
        Assert.DoesNotContain(Lint(new(Compact)).Findings, IsQueryToCome);
    }

    [Fact]
    public void Workbook_Queries_AreThoseOfTheFolderAndNoOthers()
    {
        var module = File.ReadAllText(Path.Combine(Project.Templates, "modules", "workbook.bicep"));
        var plan = File.ReadAllText(Path.Combine(Project.Templates, "workbook.json"));
        var items = JsonNode.Parse(plan)!["items"]!.AsArray().Where(item => (int)item!["type"]! == 3).Select(item => (string)item!["content"]!["query"]!).ToArray();
        var marks = Mark().Matches(module).Select(match => match.Value).ToArray();

        Assert.Equal(10, marks.Length);
        Assert.Equal(marks, items);
        Assert.All(marks, mark => Assert.Contains($"'../queries/{mark.Trim('@')}.kql'", module));
    }

    [Fact]
    public void Workbook_IdOfASignal_IsPutIntoItsStory()
    {
        var query = Project.Read(Project.Templates, "queries/signal-story.kql");
        Assert.SkipWhen(query is null, "infra-bicep/queries is not in this checkout yet");

        Assert.Contains("let signal = '';", query);
        Assert.Contains(@"'let signal = \'\';'", Text("modules/workbook.bicep"));
        Assert.Contains("\"name\": \"SignalId\"", Text("workbook.json"));
    }

    [Fact]
    public void Alerts_MetricsTheyRead_AreNamedInTheEngine()
    {
        var names = Path.Combine(Project.Root, "core", "Engine", "Telemetry");
        Assert.SkipWhen(!Directory.Exists(names), "core/Engine/Telemetry, the table of names, is not in this checkout yet");
        var known = string.Concat(Directory.EnumerateFiles(names, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        var asked = Directory.EnumerateFiles(Path.Combine(Project.Templates, "alerts"), "*.kql")
            .SelectMany(file => MetricName().Matches(File.ReadAllText(file)).Select(match => (File: Path.GetFileName(file), Name: match.Groups["name"].Value)))
            .ToArray();

        Assert.NotEmpty(asked);
        Assert.DoesNotContain(asked, metric => !known.Contains($"\"{metric.Name}\""));
    }

    [Fact]
    public void Alerts_EveryRule_ReadsTheColumnItsQueryGives()
    {
        var rules = (Node.List)Parse("modules/alerts.bicep").Of(DeclarationKind.Variable).Single(variable => variable.Name == "rules").Value!;

        Assert.Equal(6, rules.Items.Count);
        Assert.All(rules.Items.Cast<Node.Object>(), rule =>
        {
            var query = ((Node.Call)rule["query"]!).Arguments[0] as Node.Text;
            var column = ((Node.Text)rule["column"]!).Plain!;
            Assert.Matches($@"summarize {column} = [^|]*$", File.ReadAllText(Path.Combine(Project.Templates, "modules", query!.Plain!)).TrimEnd());
        });
    }

    [Fact]
    public void SignIn_BeforeThePage_LeavesOpenWhatProbesAndTheHookAsk()
    {
        var text = Text("app/sidecar.bicep");
        var declared = (Node.Condition)Parse("app/sidecar.bicep").Of(DeclarationKind.Resource).Single(resource => resource.Name == "signIn").Value!;
        var signIn = (Node.Object)declared.Body;
        var validation = (Node.Object)((Node.Object)signIn["properties"]!)["globalValidation"]!;
        var open = ((Node.List)validation["excludedPaths"]!).Items.Select(path => ((Node.Text)path).Plain!).ToHashSet();
        var asked = HealthPath().Matches(text + File.ReadAllText(Path.Combine(Project.Root, "hooks", "after-deploy.cs"))).Select(match => match.Groups["path"].Value);

        Assert.Equal(open.Order(), asked.Distinct().Order());
        Assert.Equal("RedirectToLoginPage", ((Node.Text)validation["unauthenticatedClientAction"]!).Plain);
    }

    [Fact]
    public void Parameters_OfMain_AgreeWithIt() =>
        Assert.Empty(Deployment.Parameters("main.parameters.json", Text("main.parameters.json"), Parse("main.bicep")));

    // What the workflow does not hand on gets its default, whatever was chosen by hand; what the guide does not name nobody knows of.
    [Fact]
    public void Parameters_OfMain_AreHandedOnByTheWorkflowAndNamedInTheGuide()
    {
        var workflow = File.ReadAllText(Path.Combine(Project.Root, ".github", "workflows", "deploy.yml"));
        var guide = File.ReadAllText(Path.Combine(Project.Root, "docs", "azure.md"));
        var names = Deployment.Variables(Text("main.parameters.json")).Select(variable => variable.Name).ToArray();

        Assert.True(names.Length > 20);
        Assert.All(names, name => Assert.Matches($@"\b{name}: \$\{{\{{ (vars|secrets)\.{name} \}}\}}", workflow));
        Assert.All(names.Except(["AZURE_ENV_NAME"]), name => Assert.Contains(name, guide, StringComparison.Ordinal));
    }

    // What depends on the day of a deployment is another thing next month: Azure refuses another start of a budget that is there, and with it
    // the whole provisioning.
    [Fact]
    public void Templates_TheDayOfTheDeployment_ChangesNothing() =>
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Project.Templates, "*.bicep", SearchOption.AllDirectories),
            file => File.ReadAllText(file) is var text && (text.Contains("utcNow(", StringComparison.Ordinal) || text.Contains("newGuid(", StringComparison.Ordinal)));

    [Fact]
    public void Parameters_OfTheSidecar_AgreeWithItAndComeFromMain()
    {
        Assert.Empty(Deployment.Parameters("app/sidecar.parameters.json", Text("app/sidecar.parameters.json"), Parse("app/sidecar.bicep")));
        Assert.Empty(Deployment.Unmet("app/sidecar.parameters.json", Text("app/sidecar.parameters.json"), Parse("main.bicep")));
    }

    // main's outputs become variables of the environment: one that a parameter reads again must hold what the parameter held.
    [Fact]
    public void Parameters_ReadFromAnOutputOfMain_AreThatOutputsOwnParameter()
    {
        var main = Parse("main.bicep");
        var given = JsonDocument.Parse(Text("main.parameters.json")).RootElement.GetProperty("parameters").EnumerateObject()
            .ToDictionary(entry => entry.Name, entry => Deployment.Variables(entry.Value.GetProperty("value").GetString()!).Single().Name);

        Assert.Empty(main.Of(DeclarationKind.Output)
            .Where(output => given.ContainsValue(output.Name))
            .Where(output => output.Value is not Node.Name name || given.GetValueOrDefault(name.Value) != output.Name)
            .Select(output => output.Name));
    }

    [Fact]
    public void AzureYaml_Services_HaveTheirTargets()
    {
        var services = Deployment.Services(File.ReadAllText(Path.Combine(Project.Root, "azure.yaml")));

        Assert.Equal([("functions", "function", null), ("sidecar", "containerapp", "app/sidecar")], services);
        Assert.All(services, service => Assert.Contains($"'azd-service-name': '{service.Name}'", Text($"app/{service.Name}.bicep")));
        Assert.True(File.Exists(Path.Combine(Project.Templates, "app", "sidecar.parameters.json")));
        Assert.True(File.Exists(Path.Combine(Project.Root, "hooks", "after-deploy.cs")));
    }

    [Fact]
    public void HostJson_Backend_IsTheParametersDefaultAndHasItsPackage()
    {
        var provider = Host()["extensions"]!["durableTask"]!["storageProvider"]!;
        var backend = (string?)provider["type"] is "azureManaged" ? "scheduler" : "storage";
        var parameter = Parse("main.bicep").Of(DeclarationKind.Parameter).Single(parameter => parameter.Name == "durableBackend");

        Assert.Equal(backend, Linter.Literal(parameter.Value!));
        Assert.Contains(backend == "scheduler" ? "name: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'" : $"name: '{provider["connectionName"]}__accountName'", Text("app/functions.bicep"));

        var project = Project.Read(Project.Root, "functions/FuturesBot.Functions.csproj");
        Assert.SkipWhen(project is null, "functions/ is not in this checkout yet");
        // The project takes the scheduler's package exactly where host.json names it.
        Assert.Contains("host.json').Contains('azureManaged')", project, StringComparison.Ordinal);
        Assert.Contains("Worker.Extensions.DurableTask.AzureManaged\" Condition=\"'$(DurableScheduler)' == 'true'\"", project, StringComparison.Ordinal);
    }

    [Fact]
    public void Webhook_PathOfTheTemplate_IsTheFunctionsRoute()
    {
        var path = Linter.Literal(Parse("main.bicep").Of(DeclarationKind.Parameter).Single(parameter => parameter.Name == "webhookPath").Value!);
        var function = Project.Read(Project.Root, "functions/Http/TelegramUpdates.cs");
        Assert.SkipWhen(function is null, "functions/Http/TelegramUpdates.cs is not in this checkout yet");

        Assert.Equal("", (string?)Host()["extensions"]!["http"]!["routePrefix"]);
        Assert.Contains($"Route = \"{path}\"", function);
    }

    [Fact]
    public void HostJson_SettingsItNames_AreGivenByTheTemplate()
    {
        var hub = (string)Host()["extensions"]!["durableTask"]!["hubName"]!;

        Assert.Matches("^%[A-Z_]+%$", hub);
        Assert.Contains($"name: '{hub.Trim('%')}'", Text("app/functions.bicep"));
        Assert.Null(Host()["extensionBundle"]);
        Assert.Equal("base64", (string?)Host()["extensions"]!["queues"]!["messageEncoding"]);
    }

    // A setting that the bot does not know stops its start.
    [Theory]
    [InlineData("app/functions.bicep")]
    [InlineData("app/sidecar.bicep")]
    public void Settings_OfTheBot_AreInItsSchema(string path)
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Project.Root, "config", "bot.schema.json")))!;
        var names = Setting().Matches(Text(path)).Select(match => match.Groups["name"].Value).ToArray();

        Assert.NotEmpty(names);
        var unknown = names.Where(name => !IsIn(schema, name)).ToArray();
        Assert.SkipWhen(schema["properties"]!["storage"] is null && unknown.All(name => name.StartsWith("STORAGE__", StringComparison.Ordinal)),
            "the section storage is not in config/bot.schema.json yet");
        Assert.Empty(unknown);

        static bool IsIn(JsonNode schema, string name)
        {
            var here = schema;
            foreach (var part in name.ToLowerInvariant().Split("__"))
            {
                if (here["properties"]?[part] is not { } next) return false;
                here = next;
            }

            return true;
        }
    }

    private static bool IsQueryToCome(Finding finding) => finding.Rule is "file" && finding.Message.Contains(" queries/");

    private static (IReadOnlyList<Finding> Findings, IReadOnlyCollection<Template> Templates) Lint(TypeTable types)
    {
        var linter = new Linter(path => Project.Read(Project.Templates, path), types, new(Compact));
        var findings = linter.Lint(Roots, OutputsRead());
        return (findings, linter.Templates);
    }

    // By azd itself, the sidecar's parameters, the hook, and people (the guide names what they read).
    private static HashSet<string> OutputsRead() =>
    [
        .. Deployment.ReadByAzd,
        .. Deployment.Variables(Text("app/sidecar.parameters.json")).Select(variable => variable.Name),
        .. Quoted().Matches(Project.Read(Project.Root, "hooks/after-deploy.cs") ?? "").Select(match => match.Groups["name"].Value),
        .. Coded().Matches(Project.Read(Project.Root, "docs/azure.md") ?? "").Select(match => match.Groups["name"].Value),
    ];

    private static Template Parse(string path) => Parser.Parse(path, Text(path));

    private static string Text(string path) => File.ReadAllText(Path.Combine(Project.Templates, path));

    private static JsonNode Host() => JsonNode.Parse(File.ReadAllText(Path.Combine(Project.Root, "host.json")))!;

    [GeneratedRegex("""['"](?<path>/health/[a-z]+)['"]""")]
    private static partial Regex HealthPath();

    [GeneratedRegex("name: 'FUTURESBOT__(?<name>[A-Z0-9_]+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Setting();

    [GeneratedRegex("@@[a-z-]+@@", RegexOptions.None, 1000)]
    private static partial Regex Mark();

    [GeneratedRegex("'(?<name>futuresbot\\.[a-z_.]+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MetricName();

    [GeneratedRegex("\"(?<name>[A-Z][A-Z0-9_]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex("azd env get-value (?<name>[A-Z][A-Z0-9_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Coded();
}

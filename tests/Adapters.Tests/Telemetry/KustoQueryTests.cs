using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Telemetry;
using Xunit;

namespace FuturesBot.Adapters.Tests.Telemetry;

public sealed partial class KustoQueryTests
{
    private static readonly string Root = RootFolder();

    [Fact]
    public async Task Queries_KustosOwnLanguageService_FindsNoFault()
    {
        var faults = await CheckAsync(Queries());

        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("customMetrics | where nmae == 'x'", "nmae")]
    [InlineData("customMetrics | sumarize count()", "operator")]
    [InlineData("customMetrics | extend root = sqrt(name)", "must be a number")]
    [InlineData("customMetric | count", "customMetric")]
    public async Task Check_PlantedFault_IsFound(string query, string named)
    {
        var faults = await CheckAsync([("planted", query)]);

        Assert.Contains(faults, fault => fault.Contains(named, StringComparison.Ordinal));
    }

    [Fact]
    public void Queries_NamesTheyUse_AreInTheTable()
    {
        var known = new[] { typeof(Metrics), typeof(Attributes) }.SelectMany(type => type.GetFields().Select(field => (string)field.GetRawConstantValue()!)).ToHashSet();
        var spans = typeof(Spans).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToHashSet();

        var used = Queries().SelectMany(query => Names().Matches(query.Text).Select(match => match.Value)).ToArray();
        var usedSpans = Queries().SelectMany(query => SpanName().Matches(query.Text).Select(match => match.Groups["name"].Value))
            .Where(name => !name.StartsWith("futuresbot.", StringComparison.Ordinal)).ToArray();

        Assert.True(used.Length > 40 && usedSpans.Length > 5);
        Assert.DoesNotContain(used, name => !known.Contains(name));
        Assert.DoesNotContain(usedSpans, name => !spans.Contains(name));
    }

    // There is no engine here that runs Kusto: the query's own terms, as they are written, are computed beside the statistic.
    [Fact]
    public void WinRate_IntervalOfTheQuery_IsTheStatistic()
    {
        var text = Queries().Single(query => query.Name == "win-rate").Text;
        string[] terms =
        [
            "let z = 1.96;", "p = wins / n", "shrink = 1 + z * z / n", "centre = (p + z * z / (2 * n)) / shrink",
            "half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / shrink", "low = iff(wins == 0, 0.0, centre - half)", "high = iff(wins == n, 1.0, centre + half)",
        ];
        Assert.All(terms, term => Assert.Contains(term, text, StringComparison.Ordinal));
        foreach (var (won, of) in ((int, int)[])[(0, 1), (1, 1), (3, 10), (10, 10), (0, 7), (61, 100), (4_321, 9_999)])
        {
            double z = 1.96, wins = won, n = of;
            var p = wins / n;
            var shrink = 1 + z * z / n;
            var centre = (p + z * z / (2 * n)) / shrink;
            var half = z * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / shrink;
            var (low, high) = (wins == 0 ? 0.0 : centre - half, wins == n ? 1.0 : centre + half);

            var interval = WilsonInterval.Of(won, of);
            Assert.Equal(interval.Low, low, 12);
            Assert.Equal(interval.High, high, 12);
        }
    }

    private static (string Name, string Text)[] Queries() =>
    [
        .. ((string[])["queries", "alerts"]).SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, "infra-bicep", folder), "*.kql"))
            .Order(StringComparer.Ordinal).Select(file => (Path.GetFileNameWithoutExtension(file), File.ReadAllText(file))),
    ];

    private static async Task<string[]> CheckAsync((string Name, string Text)[] queries)
    {
        var folder = Path.Combine(Root, "tests", "Kusto");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            Assert.SkipWhen(await RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], folder, "") is null, "npm cannot install Kusto's language service here");
        var asked = JsonSerializer.Serialize(new
        {
            schema = await File.ReadAllTextAsync(Path.Combine(folder, "schema.kql")),
            queries = queries.Select(query => new { name = query.Name, text = query.Text }),
        });
        var answer = await RunAsync("node", ["check.cjs"], folder, asked);
        Assert.SkipWhen(answer is null, "Node.js is not here: no query was checked");
        return [.. JsonDocument.Parse(answer).RootElement.EnumerateArray().Select(fault => $"{fault.GetProperty("name")}, line {fault.GetProperty("line")}: {fault.GetProperty("message")}")];
    }

    // Null when the program is not there, or npm cannot reach its registry; a checker that fails is a fault.
    private static async Task<string?> RunAsync(string program, string[] arguments, string folder, string input)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (process.ExitCode == 0) return await output;
            return program == "npm" ? null : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await errors}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string RootFolder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Serverless.sln"))) return at.FullName;
        }

        throw new DirectoryNotFoundException("Serverless.sln is not above the tests");
    }

    [GeneratedRegex(@"futuresbot\.[a-z_.]*[a-z]", RegexOptions.NonBacktracking)]
    private static partial Regex Names();

    [GeneratedRegex(@"'(?<name>[a-z]+\.[a-z_]+)'", RegexOptions.NonBacktracking)]
    private static partial Regex SpanName();
}

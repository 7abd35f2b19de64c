using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Telemetry;
using Xunit;

namespace FuturesBot.Engine.Tests.Telemetry;

/// <summary>What the alerts and queries of <c>infra-bicep</c> ask is what the code emits.</summary>
[Collection(nameof(BotTelemetryTests))]
public sealed partial class AlertQueryTests
{
    [Fact]
    public void Queries_OfMetrics_AddCountersUpAndTakeTheMostOfGauges()
    {
        var asked = Queries().SelectMany(query => MetricName().Matches(query.Text).Select(match => (query.File, query.Text, Name: match.Groups["name"].Value))).ToArray();

        Assert.Equal(
            ["futuresbot.budget.stops", "futuresbot.candles.closed", "futuresbot.positions.unprotected", "futuresbot.queue.poison", "futuresbot.watchdog.silent"],
            asked.Select(one => one.Name).Order(StringComparer.Ordinal));
        Assert.All(asked, one => Assert.Contains(
            MetricTable.All[one.Name].Kind == MetricKind.Counter ? "sum(valueSum)" : "max(valueMax)", one.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Queries_Dimensions_AreAttributesOfTheirMetric() => Assert.All(
        Queries().Where(query => Dimension().IsMatch(query.Text)),
        query =>
        {
            var metric = MetricTable.All[MetricName().Match(query.Text).Groups["name"].Value];
            Assert.All(Dimension().Matches(query.Text), match => Assert.Contains(match.Groups["name"].Value, metric.Attributes));
        });

    // Between two mentions of the table of metrics one of them is read: what it is asked for, it has to carry.
    [Fact]
    public void AllQueries_DimensionsOfAMetric_AreItsAttributes()
    {
        var read = Queries("alerts").Concat(Queries("queries"))
            .SelectMany(query => query.Text.Split("customMetrics").Skip(1).Select(part => (
                query.File, Metrics: QuotedMetric().Matches(part).Select(match => match.Groups["name"].Value).ToArray(),
                Dimensions: Dimension().Matches(part).Select(match => match.Groups["name"].Value).ToArray())))
            .Where(one => one.Metrics.Length > 0).ToArray();

        Assert.True(read.Length >= 18, $"only {read.Length} readings of metrics were found");
        Assert.All(read, one => Assert.Subset(one.Metrics.SelectMany(name => MetricTable.All[name].Attributes).ToHashSet(), one.Dimensions.ToHashSet()));
    }

    // A value that nothing has makes a column of zeros, and nobody sees it.
    [Fact]
    public void AllQueries_ValuesTheyAskFor_AreThoseOfTheCode()
    {
        var steps = typeof(SignalEvent).GetNestedTypes().Where(type => type.IsAssignableTo(typeof(SignalEvent))).Select(type => type.Name).ToHashSet();
        var known = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal)
        {
            ["step"] = steps,
            ["outcome"] = ["win", "loss"],
            [Attributes.Kind] = ["ban", "pause"],
            [Attributes.Trust] = [.. Enum.GetNames<BookTrust>()],
        };
        var asked = Queries("alerts").Concat(Queries("queries"))
            .SelectMany(query => Compared().Matches(query.Text).Select(match => (query.File, What: match.Groups["what"].Value, Value: match.Groups["value"].Value)))
            .Where(one => known.ContainsKey(one.What)).ToArray();

        Assert.Equal(known.Keys.Order(StringComparer.Ordinal), asked.Select(one => one.What).Distinct().Order(StringComparer.Ordinal));
        Assert.All(asked, one => Assert.Contains(one.Value, known[one.What]));
    }

    // The bot's own spans come as requests beside those of the host: who counts executions must leave them out.
    [Fact]
    public void AllQueries_ExecutionsOfFunctions_AreNotCountedOnceMoreByTheBotsSpans()
    {
        var counting = Queries("alerts").Concat(Queries("queries")).Where(query => query.Text.Contains("cloud_RoleName == 'futuresbot-functions'", StringComparison.Ordinal)).ToArray();

        Assert.Equal(["cost-by-operation.kql", "failed-functions.kql"], counting.Select(query => query.File).Order(StringComparer.Ordinal));
        Assert.All(counting, query => Assert.Contains("cloud_RoleName == 'futuresbot-functions' and name !contains '.'", query.Text, StringComparison.Ordinal));
        Assert.All(typeof(Spans).GetFields(), span => Assert.Contains('.', (string)span.GetRawConstantValue()!));
    }

    [Fact]
    public void Ban_AsTheQueryNamesIt_IsWhatIsCounted()
    {
        var kinds = new List<(long Value, string? Kind)>();
        using var ear = new MeterListener();
        ear.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == Metrics.Bans) listener.EnableMeasurementEvents(instrument);
        };
        ear.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag.Key == Attributes.Kind) kinds.Add((value, tag.Value as string));
            }
        });
        ear.Start();

        Counts.Stopped(isBan: true);
        Counts.Stopped(isBan: false);

        Assert.Equal([(1, "ban"), (1, "pause")], kinds);
        var query = Queries().Single(one => one.File == "ban.kql").Text;
        Assert.Contains($"customDimensions['{Attributes.Kind}']) == 'ban'", query, StringComparison.Ordinal);
    }

    private static IEnumerable<(string File, string Text)> Queries(string kind = "alerts")
    {
        var folder = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(folder, "infra-bicep"))) folder = Path.GetDirectoryName(folder)!;
        return Directory.EnumerateFiles(Path.Combine(folder, "infra-bicep", kind), "*.kql").Select(file => (Path.GetFileName(file), File.ReadAllText(file)));
    }

    [GeneratedRegex(@"name == '(?<name>futuresbot\.[a-z_.]+)'")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"'(?<name>futuresbot\.[a-z_.]+)'(?!\])")]
    private static partial Regex QuotedMetric();

    [GeneratedRegex(@"(customDimensions\['(?<what>[^']+)'\]\)|(?<what>[a-z]+)) == '(?<value>[A-Za-z0-9]+)'", RegexOptions.ExplicitCapture)]
    private static partial Regex Compared();

    [GeneratedRegex(@"customDimensions\['(?<name>[^']+)'\]")]
    private static partial Regex Dimension();
}

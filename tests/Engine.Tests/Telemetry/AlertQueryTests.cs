using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using FuturesBot.Engine.Telemetry;
using Xunit;

namespace FuturesBot.Engine.Tests.Telemetry;

/// <summary>What the alerts of <c>infra-bicep</c> ask is what the code emits.</summary>
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

    private static IEnumerable<(string File, string Text)> Queries()
    {
        var folder = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(folder, "infra-bicep"))) folder = Path.GetDirectoryName(folder)!;
        return Directory.EnumerateFiles(Path.Combine(folder, "infra-bicep", "alerts"), "*.kql").Select(file => (Path.GetFileName(file), File.ReadAllText(file)));
    }

    [GeneratedRegex(@"name == '(?<name>futuresbot\.[a-z_.]+)'")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"customDimensions\['(?<name>[^']+)'\]")]
    private static partial Regex Dimension();
}

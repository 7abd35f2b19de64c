using System.Diagnostics;
using System.Text;
using FuturesBot.Engine.Telemetry;
using Xunit;

namespace FuturesBot.Local.Tests;

public sealed class TelemetryRunTests
{
    private static readonly TimeSpan SeenMax = TimeSpan.FromMinutes(4);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_WithACollector_SendsOneTraceFromTheStreamToTheMessage()
    {
        using var folder = new TempFolder();
        await using var collector = await OtlpCollector.StartAsync();
        var settings = new Dictionary<string, string>
        {
            ["TELEMETRY__OTLP"] = collector.Address,
            ["TELEMETRY__METRICS_SECONDS"] = "5",
            ["UNIVERSE__SYMBOLS_MAX"] = "12",   // a signal comes sooner
        };
        using var bot = Bot.Start(folder.Path, settings, "run", "--port", "0", "--speed", "3600", "--seed", "3", "--from", "2026-01-10T00:00:00Z");
        using var page = await bot.PageAsync();

        var story = await WholeTraceAsync(collector, bot);

        var byId = story.ToDictionary(span => span.Id);
        var send = story.First(span => span.Name == Spans.Send && byId.ContainsKey(span.Parent));
        var carried = byId[send.Parent];
        var committed = byId[carried.Parent];
        var decided = byId[committed.Parent];
        var received = byId[decided.Parent];
        Assert.Equal(
            (Spans.CarryOut, Spans.Commit, Spans.Decide, Spans.Receive, ""),
            (carried.Name, committed.Name, decided.Name, received.Name, received.Parent));
        Assert.Equal(carried.Texts[Attributes.SignalId], send.Texts[Attributes.SignalId]);
        Assert.Equal(carried.Texts[Attributes.EffectId], send.Texts[Attributes.EffectId].Replace("-step", "", StringComparison.Ordinal));
        Assert.Contains(story, span => span.Name == Spans.Move && span.Parent == decided.Id && span.Texts[Attributes.SignalId] == send.Texts[Attributes.SignalId]);
        Assert.Contains(story, span => span.Name == Spans.TelegramCall && byId[span.Parent].Name == Spans.Send);
        Assert.True(collector.Metrics.Keys.Order().All(MetricTable.All.ContainsKey), string.Join(' ', collector.Metrics.Keys));
        foreach (var metric in (string[])[Metrics.CandlesExpected, Metrics.CandlesClosed, Metrics.StageDuration, Metrics.BudgetUse, Metrics.SignalsLive, Metrics.StreamLag])
            Assert.True(collector.Metrics.ContainsKey(metric), $"{metric} is not among {string.Join(' ', collector.Metrics.Keys)}");
        Assert.Contains(collector.Lines, line => line.Contains("{SignalId}", StringComparison.Ordinal) || line.Contains("Started", StringComparison.Ordinal));
        Assert.DoesNotContain(collector.Bodies, body => Encoding.UTF8.GetString(body).Contains("http://127.0.0.1", StringComparison.Ordinal));
    }

    private static async Task<ReceivedSpan[]> WholeTraceAsync(OtlpCollector collector, Bot bot)
    {
        string[] wanted = [Spans.Receive, Spans.Decide, Spans.Move, Spans.Commit, Spans.CarryOut, Spans.Send, Spans.TelegramCall];
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < SeenMax)
        {
            var whole = collector.Spans.ToArray().GroupBy(span => span.Trace).FirstOrDefault(trace => wanted.All(name => trace.Any(span => span.Name == name)));
            if (whole is not null && collector.Metrics.ContainsKey(Metrics.StageDuration) && !collector.Lines.IsEmpty) return [.. whole];
            await Task.Delay(TimeSpan.FromMilliseconds(100), Cancel);
        }

        var names = string.Join(' ', collector.Spans.Select(span => span.Name).Distinct());
        throw new InvalidOperationException($"No whole trace within {SeenMax}; spans were {names}; {bot.Errors}");
    }
}

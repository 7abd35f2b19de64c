using System.Text.Json;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;
using FuturesBot.Adapters.Sessions;

namespace FuturesBot.Dashboard.Running;

/// <summary>Limits, streams and latency as the page shows them.</summary>
internal sealed class LimitsPage(MarketRunner runner, RunFace face) : ILimitsSource
{
    private const string NothingDecided = "no closing time of decisions was followed live";

    public LimitsView? Limits()
    {
        if (face.Exchange is not { } exchange) return null;
        var budget = exchange.Budget;
        BanView? ban = budget.BannedUntilMs is { } until
            ? new(exchange.History.Bans.Where(one => one.UntilMs == until).Select(one => one.FromMs).FirstOrDefault(), until)
            : null;
        return new(
            budget.AtMs, budget.OwnWeight, budget.OwnWeightMax, budget.UsedWeight, budget.WeightLimit, budget.OwnWeightPeak,
            budget.WindowEndsMs,
            [.. exchange.History.Minutes.Select(minute => new WeightMinuteView(minute.EndMs, minute.Own, minute.Used))],
            Lanes(budget),
            [Use("orders in 10 s", budget.Orders10Seconds), Use("orders in a minute", budget.OrdersMinute)],
            [Use("positioning data", budget.FuturesData), Use("funding", budget.Funding)],
            budget.PausedUntilMs, ban, budget.BanLeft?.TotalSeconds ?? double.NaN,
            [.. exchange.History.Bans.Select(one => new BanView(one.FromMs, one.UntilMs))],
            budget.Refused,
            exchange.ClockOffset?.TotalMilliseconds ?? double.NaN,
            [.. exchange.Klines.Health.Concat(exchange.Books?.Streams ?? []).Select(Line)],
            exchange.Books is { } books ? Health(books.Health) : null);
    }

    public LatencyView Latency()
    {
        var latency = runner.Latency;
        return new(
            face.StartedAtMs,
            [
                Stage("received", "from the exchange's event to here", latency.Received, "no closed candle has come by stream"),
                Stage("decided", "from the candle's close to the decision", latency.Decided, NothingDecided),
                Stage("computed", "of that, the computing alone", latency.Computed, NothingDecided),
                Stage("committed", "from the decision to its commit", latency.Committed, NothingDecided),
                Stage("told", "from the commit until it is told", latency.Told, "there was nothing to tell"),
            ],
            face.Exchange is { } exchange ? Calls(exchange) : []);
    }

    private static StageView Stage(string name, string title, LatencyHistogram took, string whyEmpty) =>
        new(name, title, Of(took), took.Count == 0 ? $"{whyEmpty} since the start" : null);

    /// <summary>A histogram as the page shows it; empty steps are left out.</summary>
    internal static QuantilesView Of(LatencyHistogram histogram)
    {
        var counts = histogram.Counts;
        return new(
            counts.Sum(), histogram.QuantileMs(0.5), histogram.QuantileMs(0.95), histogram.QuantileMs(0.99),
            Buckets(counts, i => i < LatencyHistogram.BoundsMs.Count ? LatencyHistogram.BoundsMs[i] : double.NaN));
    }

    private static QuantilesView Of(LagHistogram histogram)
    {
        var counts = histogram.Counts;
        return new(
            counts.Sum(), histogram.QuantileMs(0.5), histogram.QuantileMs(0.95), histogram.QuantileMs(0.99),
            Buckets(counts, i => i < LagHistogram.BoundsMs.Count ? LagHistogram.BoundsMs[i] : double.NaN));
    }

    private static BucketView[] Buckets(IReadOnlyList<long> counts, Func<int, double> bound) =>
        [.. Enumerable.Range(0, counts.Count).Where(i => counts[i] > 0).Select(i => new BucketView(bound(i), counts[i]))];

    // What the lane next below must leave free is kept for this one and those above it.
    private static LaneView[] Lanes(BudgetReading budget) =>
    [
        .. budget.Lanes.Select((lane, i) => new LaneView(
            Word(lane.Lane), lane.Weight, lane.Ceiling,
            i + 1 < budget.Lanes.Count ? lane.Ceiling - budget.Lanes[i + 1].Ceiling : 0, lane.Waiting, lane.Granted)),
    ];

    private static LimitUseView Use(string name, LimitReading reading) => new(name, reading.Used, reading.Limit);

    private static StreamLineView Line(StreamHealth line) => new(
        Word(line.Route), line.Number, Word(line.State), line.Streams, line.Subscribed, line.Refused, line.Messages, line.Bytes,
        line.Rubbish, line.Reconnects, line.Renewals, line.DataAgeMs, line.SocketAgeMs, line.LastEnd, Of(line.Lag));

    private static BooksHealthView Health(Adapters.Binance.Books.BookHealth health) => new(
        health.ByTrust.GetValueOrDefault(BookTrust.Synced), health.ByTrust.Values.Sum(),
        health.ByTrust.ToDictionary(entry => Word(entry.Key), entry => entry.Value),
        health.Updates, health.OldUpdates, health.Gaps, health.Resyncs, health.SnapshotsInFlight, health.Snapshots,
        health.SnapshotsFailed, health.SnapshotsTooOld, health.Bytes);

    private static CallView[] Calls(ExchangeSession exchange)
    {
        var tally = exchange.Tally;
        return
        [
            .. tally.Requests.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new CallView(
                entry.Key, entry.Value,
                tally.Faults.Where(fault => fault.Key.Endpoint == entry.Key).Sum(fault => fault.Value),
                Of(tally.Took.TryGetValue(entry.Key, out var took) ? took : new()))),
        ];
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

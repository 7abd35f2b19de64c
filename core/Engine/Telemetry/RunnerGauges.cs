using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;

namespace FuturesBot.Engine.Telemetry;

/// <summary>Readings of a kernel and of the parts around it.</summary>
public static class RunnerGauges
{
    private static readonly double[] Quantiles = [0.5, 0.95, 0.99];

    /// <param name="gauges">Where they are added.</param>
    /// <param name="runner">The kernel of the moment; null while there is none.</param>
    /// <param name="time">Wall time.</param>
    public static Gauges AddRunner(this Gauges gauges, Func<MarketRunner?> runner, TimeProvider time) => gauges
        .Add(Metrics.SignalsLive, () => runner() is { } at ? Locked(at, () => at.Signals.Live.Count()) : double.NaN)
        .Add(Metrics.Unprotected, () => runner() is { } at ? Locked(at, () => Unprotected(at)) : double.NaN)
        .Add(Metrics.EffectsPending, () => runner()?.PendingEffects ?? double.NaN)
        .Add(Metrics.CandlesAge, () => runner() is { } at ? (time.GetUtcNow() - at.LastCandleAt).TotalSeconds : double.NaN)
        .AddLatency(runner);

    /// <summary>Only how long the legs of a candle's way took: what a kernel tells whose signals another process tells already.</summary>
    /// <param name="gauges">Where they are added.</param>
    /// <param name="runner">The kernel of the moment; null while there is none.</param>
    public static Gauges AddLatency(this Gauges gauges, Func<MarketRunner?> runner) =>
        gauges.Add(Metrics.StageLatency, () => runner() is { } at ? Latencies(at.Latency) : []);

    /// <summary>How long ago each part gave a sign of life.</summary>
    /// <param name="gauges">Where they are added.</param>
    /// <param name="beats">The last that were read.</param>
    /// <param name="time">Wall time.</param>
    public static Gauges AddBeats(this Gauges gauges, Func<IReadOnlyList<Beat>> beats, TimeProvider time) => gauges.Add(
        Metrics.HeartbeatAge,
        () => beats().Select(beat => (
            (time.GetUtcNow().ToUnixTimeMilliseconds() - beat.AtMs) / 1_000.0,
            new KeyValuePair<string, object?>[] { new(Attributes.Component, beat.Component) })));

    /// <summary>How many parts the watchdog finds silent; null where this process does not watch.</summary>
    public static Gauges AddWatchdog(this Gauges gauges, Func<int?> silent) => gauges.Add(Metrics.Silent, () => silent() ?? double.NaN);

    private static double Unprotected(MarketRunner runner) =>
        runner.Signals.Live.Count(record => runner.StateOf(record).Protection == Protection.Missing);

    private static IEnumerable<(double, KeyValuePair<string, object?>[])> Latencies(StageLatency latency) =>
        from stage in ((string, LatencyHistogram)[])
        [
            (Stages.Received, latency.Received), (Stages.Decided, latency.Decided), (Stages.Computed, latency.Computed),
            (Stages.Committed, latency.Committed), (Stages.Told, latency.Told),
        ]
        from share in Quantiles
        select (stage.Item2.QuantileMs(share), new KeyValuePair<string, object?>[] { new(Attributes.Stage, stage.Item1), new(Attributes.Quantile, share) });

    private static double Locked(MarketRunner runner, Func<double> read)
    {
        lock (runner.Gate) return read();
    }
}

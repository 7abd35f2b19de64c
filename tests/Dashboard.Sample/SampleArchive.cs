using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard.Sample;

/// <summary>Invented refusals and near misses, and replays over the invented candles.</summary>
internal sealed class SampleArchive(SampleSource source) : ISignalArchive
{
    private const int BarsMax = 300;

    public long NearMissesSinceMs => SampleSource.StartMs - 86_400_000;

    public IReadOnlyList<WhyNotView> WhyNot() =>
    [
        .. source.Refusals().Reasons.SelectMany(reason => reason.Last.Select(row => new WhyNotView(
                row.TimeMs, "refused", row.Symbol, row.Timeframe, row.Strategy, "", row.Direction, row.Reason, reason.Title, row.Value,
                row.Threshold, row.Comparison, row.Unit, row.Replayed)))
            .Concat(source.Symbols().Select((view, n) => new WhyNotView(
                SampleSource.StartMs - (n * 1_800_000L), "near_miss", view.Symbol, TimeFrame.M15, "Break & Retest", "",
                n % 2 == 0 ? Side.Long : Side.Short, "volume of the break, × median", "All checks passed but this one", 1.1 + (n * 0.02), 1.5, "≥", "",
                Replayed: n > 6)))
            .OrderByDescending(row => row.TimeMs),
    ];

    public Task<ReplayView?> ReplayAsync(string signalId, int before, CancellationToken cancel)
    {
        if (source.Signal(signalId) is not { } detail) return Task.FromResult<ReplayView?>(null);
        var signal = detail.Signal;
        var all = source.Candles(signal.Symbol, signal.Timeframe, 5_000);
        var fromMs = signal.DecidedAtMs - (before * signal.Timeframe.Ms());
        var toMs = (signal.ClosedAtMs ?? long.MaxValue - 1) + 1;
        Candle[] shown = [.. all.Where(candle => candle.OpenTimeMs >= fromMs && candle.OpenTimeMs < toMs)];
        var isCut = shown.Length > BarsMax;
        if (isCut) shown = shown[..BarsMax];
        long[] closes = [.. shown.Select(candle => candle.CloseTimeMs(signal.Timeframe))];
        var past = all.TakeWhile(candle => candle.OpenTimeMs <= shown[^1].OpenTimeMs).ToArray();
        var zones = source.Zones(signal.Symbol, signal.Timeframe).Zones;
        decimal? stop = null;
        var steps = detail.Life.Select(step =>
        {
            if (step.Kind == "entered") stop = signal.InitialStop;
            if (step.Kind == "tp1_taken") stop = signal.Stop;
            var bar = Array.FindIndex(closes, close => close >= step.TimeMs);
            return new ReplayStepView(bar < 0 ? closes.Length - 1 : bar, step.TimeMs, step.Kind, step.Text, stop);
        });
        return Task.FromResult<ReplayView?>(new(
            signal, signal.Timeframe, Array.IndexOf(closes, signal.DecidedAtMs), [.. shown.Select(candle => CandleView.From(candle))],
            SampleStudies.Of(past, shown.Length), zones.Count == 0 ? [] : [new(0, [.. zones.Take(1)]), new(shown.Length / 3, zones)],
            zones.Count == 0 ? "no zone was known, or the hours before are not stored" : null, [.. steps], isCut));
    }
}

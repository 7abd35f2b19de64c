using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard.Sample;

/// <summary>Invented refusals and near misses, and the invented candles of a signal's life.</summary>
public sealed class SampleArchive(SampleSource source) : ISignalArchive
{
    private const int BarsMax = 300;
    private const long FrameMs = 900_000;

    public long NearMissesSinceMs => SampleSource.StartMs - (7 * 86_400_000L);

    public IReadOnlyList<WhyNotView> WhyNot()
    {
        var misses = Enumerable.Range(0, 90).Select(n =>
        {
            var symbol = source.Symbols()[n * 7 % 12].Symbol;
            var side = n % 2 == 0 ? Side.Long : Side.Short;
            var time = SampleSource.StartMs - (n * 1_260_000L);
            return (n % 4) switch
            {
                0 => new WhyNotView(time, "refused", symbol, TimeFrame.M15, "Liquidity Sweep", "fade", side, "CostTooHigh", "Round trip costs too much", 0.22 + (n % 9 * 0.01), 0.20, "≤", "R", n > 8),
                1 => new(time, "near_miss", symbol, TimeFrame.M15, "Break & Retest", "", side, "BreakoutVolume", "Breakout volume", 1.32, 1.5, "≥", "×", n > 8),
                2 => new(time, "near_miss", symbol, TimeFrame.M15, "Volume Profile", "accept", side, "Adx", "ADX 14", 22.4, 25, "≥", "", n > 8),
                _ => new(time, "refused", symbol, TimeFrame.M15, "Action Price", "standard", side, "SymbolBusy", "The symbol has a position", double.NaN, double.NaN, "", "", n > 8),
            };
        });
        return [.. misses];
    }

    public Task<ReplayView?> ReplayAsync(string signalId, int before, CancellationToken cancel)
    {
        if (source.Signal(signalId) is not { } detail) return Task.FromResult<ReplayView?>(null);
        var signal = detail.Signal;
        var all = source.Newest(signal.Symbol, TimeFrame.M15, 2_000);
        var decision = all.ToList().FindLastIndex(c => c.OpenTimeMs + FrameMs <= signal.DecidedAtMs);
        var first = Math.Max(0, decision - before);
        var end = signal.ClosedAtMs is { } closed ? all.ToList().FindLastIndex(c => c.OpenTimeMs <= closed) : all.Length - 1;
        var count = Math.Min(BarsMax, Math.Max(end, decision) - first + 1);
        var candles = all.Skip(first).Take(count).ToArray();
        var studies = SampleStudies.Of([.. all.Take(first + count)], count);
        ReplayStepView Step(LifeEventView life)
        {
            var bar = Math.Max(0, Array.FindLastIndex(candles, c => c.OpenTimeMs < life.TimeMs));
            var stop = signal.EnteredAtMs is { } entered && life.TimeMs >= entered ? life.Kind == "tp1_taken" ? signal.EntryPrice : signal.InitialStop : (decimal?)null;
            return new(bar, life.TimeMs, life.Kind, life.Text, stop);
        }

        var zone = new ZoneView(true, (double)signal.InitialStop * 0.9990, (double)signal.InitialStop * 1.0012, TimeFrame.H1, candles[0].OpenTimeMs, 3, 2.2, false);
        return Task.FromResult<ReplayView?>(new(
            signal, TimeFrame.M15, decision - first, [.. candles.Select(c => CandleView.From(c))], studies,
            [new(0, []), new(Math.Max(1, decision - first - 6), [zone])], ZonesReason: null, [.. detail.Life.Select(Step)],
            Cut: Math.Max(end, decision) - first + 1 > BarsMax));
    }
}

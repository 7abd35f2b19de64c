using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Simulator;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Bench.Soak;

/// <summary>Stores what a feed hands over, and holds the store against the exchange's own candles at the end.</summary>
internal sealed class CandleCheck(ICandleStore store, ExchangeTruth truth)
{
    private readonly Dictionary<SeriesInfo, List<Candle>> _batch = [];

    public long Stored { get; private set; }

    /// <summary>Handed over more than once.</summary>
    public long Doubled { get; private set; }

    /// <summary>Stored with other values before.</summary>
    public long Conflicts { get; private set; }

    public async Task StoreAsync(IReadOnlyList<FeedCandle> closed, CancellationToken cancel)
    {
        _batch.Clear();
        foreach (var candle in closed)
        {
            if (candle.Series.Frame == TimeFrame.M5) continue;   // made of minutes here
            if (!_batch.TryGetValue(candle.Series, out var list)) _batch[candle.Series] = list = [];
            list.Add(candle.Candle);
        }

        foreach (var (series, candles) in _batch)
        {
            var counts = await store.AppendAsync(series, candles.ToArray(), cancel);
            Stored += counts.Added;
            Doubled += counts.Same;
            Conflicts += counts.Conflicts;
        }
    }

    /// <summary>What of the exchange's closed candles is missing or other in the store, between two closing times.</summary>
    public async Task<(long Right, IReadOnlyList<string> Wrong)> CompareAsync(
        IEnumerable<SeriesInfo> series, long fromMs, long untilMs, CancellationToken cancel)
    {
        var right = 0L;
        var wrong = new List<string>();
        foreach (var one in series)
        {
            var place = truth.PlaceOf(one.Symbol.Name);
            var facts = truth.Symbols[place];
            var stored = (await store.ReadAsync(one, fromMs - one.Frame.Ms() + 1, untilMs - one.Frame.Ms() + 1, cancel: cancel))
                .ToDictionary(candle => candle.OpenTimeMs);
            var (from, to) = (fromMs - one.Frame.Ms() + 1, untilMs - one.Frame.Ms());
            foreach (var row in truth.Closed(place, Interval(one.Frame), from, to, 1_500))
            {
                if (stored.Remove(row.OpenMs, out var candle) && Same(candle, row, facts)) right++;
                else wrong.Add($"{one} {row.OpenMs}: {candle}, the exchange has {row}");
            }

            wrong.AddRange(stored.Keys.Select(open => $"{one} {open}: the exchange has no such candle"));
        }

        return (right, wrong);
    }

    private static bool Same(in Candle candle, in KlineRow row, MarketSymbol facts)
    {
        var (tick, step) = (facts.TickSize, facts.StepSize);
        return candle.Open == (double)(row.Open * tick) && candle.High == (double)(row.High * tick)
            && candle.Low == (double)(row.Low * tick) && candle.Close == (double)(row.Close * tick)
            && candle.Volume == (double)(row.Volume * step) && candle.Trades == row.Trades;
    }

    private static KlineInterval Interval(TimeFrame frame) => frame switch
    {
        TimeFrame.M1 => KlineInterval.M1,
        TimeFrame.M15 => KlineInterval.M15,
        TimeFrame.H1 => KlineInterval.H1,
        TimeFrame.H4 => KlineInterval.H4,
        _ => KlineInterval.D1,
    };
}

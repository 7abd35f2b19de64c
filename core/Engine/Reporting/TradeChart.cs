using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Reporting;

/// <summary>The candles around one trade, few enough to embed.</summary>
/// <param name="Frame">Of the candles it was built from.</param>
/// <param name="BarsPerCandle">How many of them one drawn candle holds: more than 1 for long trades.</param>
/// <param name="Decimals">Digits after the point of the symbol's prices.</param>
public sealed record TradeChart(
    string SignalId, TimeFrame Frame, int BarsPerCandle, int Decimals, IReadOnlyList<Candle> Candles)
{
    /// <summary>Candles drawn for one trade, at most.</summary>
    public const int CandlesMax = 60;

    /// <summary>Trades that get a chart, at most: the first and the last half of this number.</summary>
    public const int TradesMax = 2_000;

    private const int BarsBefore = 20;
    private const int BarsAfter = 5;

    /// <summary>
    /// Which trades get a chart, so that a caller keeps candles for no others: all of them up to
    /// <see cref="TradesMax"/>, else the first and the last of them by closing time.
    /// </summary>
    public static IReadOnlySet<string> Chosen(IReadOnlyList<TradeRecord> trades)
    {
        var ordered = EquityCurve.InOrder(trades);
        return ordered
            .Where((_, i) => i < TradesMax / 2 || i >= ordered.Length - (TradesMax / 2))
            .Select(t => t.SignalId)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>
    /// From 20 bars before the entry to 5 after the last exit; long trades are thinned by drawing several
    /// bars as one.
    /// </summary>
    /// <param name="bars">In order of time; may begin earlier and end later than needed.</param>
    public static TradeChart Around(
        TradeRecord trade, ReadOnlySpan<Candle> bars, TimeFrame frame, int decimals)
    {
        var (from, to) = Window(trade, frame);
        int first = 0, last = bars.Length;
        while (first < last && bars[first].OpenTimeMs < from) first++;
        while (last > first && bars[last - 1].OpenTimeMs > to) last--;

        var perCandle = Math.Max(1, (last - first + CandlesMax - 1) / CandlesMax);
        var candles = new List<Candle>(CandlesMax);
        for (var i = first; i < last; i += perCandle)
            candles.Add(Merge(bars[i..Math.Min(last, i + perCandle)]));
        return new(trade.SignalId, frame, perCandle, decimals, candles);
    }

    /// <summary>Open times of the first and the last bar that <see cref="Around"/> uses.</summary>
    public static (long FromMs, long ToMs) Window(TradeRecord trade, TimeFrame frame) => (
        frame.OpenOf(trade.EntryTimeMs) - (BarsBefore * frame.Ms()),
        frame.OpenOf(trade.ClosedAtMs) + (BarsAfter * frame.Ms()));

    private static Candle Merge(ReadOnlySpan<Candle> bars)
    {
        var merged = bars[0];
        foreach (ref readonly var bar in bars[1..])
        {
            merged = merged with
            {
                High = Math.Max(merged.High, bar.High),
                Low = Math.Min(merged.Low, bar.Low),
                Close = bar.Close,
                Volume = merged.Volume + bar.Volume,
            };
        }

        return merged;
    }
}

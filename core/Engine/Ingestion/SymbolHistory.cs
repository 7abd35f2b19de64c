using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>What is wanted of a symbol's past.</summary>
/// <param name="Symbol">Whose.</param>
/// <param name="OnboardMs">First trading, UTC, Unix milliseconds; 0 when it is not known. Nothing is asked for before it.</param>
/// <param name="Bars">Closed candles wanted of each frame, the newest ones.</param>
public sealed record SymbolHistory(Symbol Symbol, long OnboardMs, IReadOnlyDictionary<TimeFrame, int> Bars)
{
    /// <summary>The series, the longest frame first: it is the cheapest, and tells soonest whether a symbol can be had.</summary>
    public IEnumerable<SeriesInfo> Series => Bars.Keys.OrderByDescending(frame => frame).Select(frame => new SeriesInfo(Symbol, frame));

    /// <summary>The range of a frame that ends with the last candle closed at <paramref name="toMs"/>.</summary>
    public (long FromMs, long ToMs) RangeOf(TimeFrame frame, long toMs)
    {
        var to = frame.OpenOf(toMs);
        return (Math.Min(to, Math.Max(to - (Bars[frame] * frame.Ms()), frame.OpenOf(OnboardMs))), to);
    }
}

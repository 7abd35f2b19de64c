using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Backtesting;

/// <summary>The order of candles that close at the same time (spec 2.17, Boundary).</summary>
public sealed class BatchOrder : IComparer<SeriesInfo>
{
    public static BatchOrder Instance { get; } = new();

    /// <summary>BTC first, then the higher frame, then the symbol by ordinal.</summary>
    public int Compare(SeriesInfo? x, SeriesInfo? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var leader = (y.Symbol == Symbol.Btc).CompareTo(x.Symbol == Symbol.Btc);
        if (leader != 0) return leader;
        var frame = y.Frame.CompareTo(x.Frame);
        return frame != 0 ? frame : x.Symbol.CompareTo(y.Symbol);
    }
}

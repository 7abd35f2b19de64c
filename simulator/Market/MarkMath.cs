namespace FuturesBot.Simulator.Market;

/// <summary>The mark price follows the last price and lags behind it; all values are hundredths of a tick.</summary>
internal static class MarkMath
{
    // In a minute the mark makes eight tenths of the way to the last price, and the same share of its extremes halfway.
    private const long Tenths = 8;

    public static long Close(long before, long closeTicks) => before + (((closeTicks * 100) - before) * Tenths / 10);

    /// <summary>A minute's candle from the mark before it, the mark at its end and the extremes of the trades in it.</summary>
    public static MarkRow Minute(long before, long close, long highTicks, long lowTicks) => new(
        before, Math.Max(Math.Max(before, close), Extreme(before, highTicks)), Math.Min(Math.Min(before, close), Extreme(before, lowTicks)), close);

    /// <summary>The mark within a minute.</summary>
    /// <param name="before">Mark at its beginning.</param>
    /// <param name="bar">The minute as it will be: the mark stays within its mark candle.</param>
    /// <param name="lastTicks">Last price.</param>
    /// <param name="fraction">How much of the minute has passed, 0 to 1.</param>
    public static long Within(long before, in MinuteBar bar, long lastTicks, double fraction)
    {
        if (fraction >= 1) return bar.MarkClose;
        var limits = Minute(before, bar.MarkClose, bar.High, bar.Low);
        var mark = before + (long)(((lastTicks * 100) - before) * fraction * Tenths / 10);
        return Math.Clamp(mark, limits.Low, limits.High);
    }

    public static decimal Price(MarketSymbol symbol, long hundredths) =>
        Math.Round((hundredths * symbol.TickSize / 100) + 0.00000000m, 8);

    private static long Extreme(long before, long ticks) => before + (((ticks * 100) - before) * Tenths / 20);
}

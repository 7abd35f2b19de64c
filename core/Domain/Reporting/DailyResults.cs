namespace FuturesBot.Domain.Reporting;

/// <summary>
/// Net R per UTC day, the period of Sharpe, Sortino and everything built on them. Days without a closed
/// trade count as 0: leaving them out would flatter a strategy that trades seldom. Per day and not per trade,
/// because trades of one day on many symbols are one bet more than many.
/// </summary>
public static class DailyResults
{
    private const long DayMs = 86_400_000;

    /// <summary>The market never closes.</summary>
    public const int DaysPerYear = 365;

    /// <summary>
    /// One value for each day from that of <paramref name="fromMs"/> to that before or of <paramref
    /// name="toMs"/>.
    /// </summary>
    public static double[] Of(IReadOnlyList<TradeRecord> trades, long fromMs, long toMs)
    {
        foreach (var trade in trades)
        {
            fromMs = Math.Min(fromMs, trade.ClosedAtMs);
            toMs = Math.Max(toMs, trade.ClosedAtMs + 1);
        }

        if (toMs <= fromMs) return [];
        var first = Math.DivRem(fromMs, DayMs).Quotient;
        var days = new double[(int)(((toMs - 1) / DayMs) - first + 1)];
        foreach (var trade in trades)
            days[(int)((trade.ClosedAtMs / DayMs) - first)] += (double)trade.PnlRNet;
        return days;
    }
}

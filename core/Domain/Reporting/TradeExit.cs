namespace FuturesBot.Domain.Reporting;

/// <summary>One (partial) exit.</summary>
/// <param name="TimeMs">UTC, Unix milliseconds.</param>
/// <param name="Price">Fill price in quote units, slippage included.</param>
/// <param name="Fraction">Share of the whole position, 0–1; the fractions of a trade add up to 1.</param>
/// <param name="Reason">TP1, TP2, TRAIL, BE, SL, TIME, MANUAL, KILL, LIQ, ADL or SETTLE.</param>
public sealed record TradeExit(long TimeMs, decimal Price, decimal Fraction, string Reason)
{
    /// <summary>The stop at break-even, armed by TP1.</summary>
    public const string BreakEvenStop = "BE";
}

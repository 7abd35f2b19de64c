using System.ComponentModel.DataAnnotations;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Risk;

/// <summary>When funding settles, and at which rate where the true one is unknown (spec 2.16).</summary>
public sealed record FundingSchedule
{
    private const long MsPerHour = 3_600_000;

    /// <summary>Every eight hours at 0.01 %, the exchange's base rate.</summary>
    public static FundingSchedule Default { get; } = new();

    /// <summary>No funding; for comparisons only.</summary>
    public static FundingSchedule None { get; } = new() { Rate = 0m };

    /// <summary>Hours between settlements, counted from 00:00 UTC: 8, 4 or 1 on the exchange.</summary>
    [Range(1, 24)] public int IntervalHours { get; init; } = 8;

    /// <summary>
    /// Rate per settlement, fraction of notional, positive when longs pay. It is an assumption: results that
    /// used it say so; a rate that comes with the price wins.
    /// </summary>
    [Range(-0.03, 0.03)] public decimal Rate { get; init; } = 0.0001m;

    /// <summary>The first settlement at or after a moment (UTC, Unix milliseconds).</summary>
    public long AtOrAfter(long ms)
    {
        var interval = IntervalHours * MsPerHour;
        var rest = ms % interval;
        if (rest == 0) return ms;
        return rest > 0 ? ms - rest + interval : ms - rest;   // times before 1970 have a negative rest
    }

    /// <summary>The first settlement after a moment.</summary>
    public long After(long ms) => AtOrAfter(ms + 1);

    /// <summary>How many settlements lie in [<paramref name="fromMs"/>, <paramref name="toMs"/>).</summary>
    public long Count(long fromMs, long toMs)
    {
        var first = AtOrAfter(fromMs);
        return first >= toMs ? 0 : ((toMs - 1 - first) / (IntervalHours * MsPerHour)) + 1;
    }

    /// <summary>
    /// Cost of one settlement per unit of base, quote units: dir · price · rate. Positive is paid, negative
    /// received (the cash flow is its opposite).
    /// </summary>
    public static decimal Cost(Side side, decimal price, decimal rate) => side.Sign() * price * rate;

    /// <summary>
    /// Funding expected until a time stop, in R, positive when paid: what the funding guard compares with 0.1
    /// (spec 2.11).
    /// </summary>
    public decimal PredictedR(Side side, decimal entry, decimal stop, long fromMs, long untilMs) =>
        Count(fromMs + 1, untilMs) * Cost(side, entry, Rate) / Math.Abs(entry - stop);
}

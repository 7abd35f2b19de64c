using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Domain.Analysis;

/// <summary>Thresholds of the BTC filter (spec 1.6 and 2.9).</summary>
public sealed record BtcFilterOptions
{
    public static BtcFilterOptions Default { get; } = new();

    /// <summary>Range of a 1h bar, (H − L)/O, from which it is an impulse (0.015 = 1.5 %).</summary>
    [Range(0.001, 0.2)]
    public double ImpulseRange { get; init; } = 0.015;

    /// <summary>ATR14 above this many means of the last ATRs is an expansion.</summary>
    [Range(1.0, 10.0)]
    public double ExpansionRatio { get; init; } = 1.5;

    /// <summary>How many ATRs that mean takes, the newest included.</summary>
    [Range(2, 100)]
    public int ExpansionBars { get; init; } = 10;

    /// <summary>Minutes after the bar's close during which mean reversion is blocked.</summary>
    [Range(0, 1440)]
    public int BlockMinutes { get; init; } = 30;

    /// <summary>Distance of EMA20 from EMA50 within which there is no bias (0.005 = 0.5 %).</summary>
    [Range(0.0, 0.1)]
    public double DeadBand { get; init; } = 0.005;
}

using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Domain.Risk;

/// <summary>How a position is left: targets, break-even, trail, time stops (spec 2.11, 1.7, 1.8).</summary>
public sealed record ExitOptions
{
    /// <summary>The five core strategies, profile <c>default</c>: 30/40/30, 8 bars.</summary>
    public static ExitOptions Default { get; } = new();

    /// <summary>Core strategies, profile <c>seed</c>: stop to the entry, progress below 0.5 %.</summary>
    public static ExitOptions Seed { get; } = new()
    {
        BreakEven = BreakEvenRule.Entry,
        TimeStop = TimeStopRule.BarsWithoutProgressPercent,
    };

    /// <summary>Action Price STANDARD, profile <c>default</c>: 30/40/30, 48/72/168 hours.</summary>
    public static ExitOptions ActionPrice { get; } = new() { TimeStop = TimeStopRule.Hours };

    /// <summary>Action Price SCALP, profile <c>default</c>: everything at TP1.</summary>
    public static ExitOptions ActionPriceScalp { get; } = ActionPrice with { Fraction1 = 1m, Fraction2 = 0m };

    /// <summary>Action Price STANDARD, profile <c>seed</c>: 30/70, no time stop, stop to the entry.</summary>
    public static ExitOptions ActionPriceSeed { get; } = new()
    {
        Fraction2 = 0.7m,
        BreakEven = BreakEvenRule.Entry,
        TimeStop = TimeStopRule.None,
    };

    /// <summary>Action Price SCALP, profile <c>seed</c>: everything at TP1, no time stop.</summary>
    public static ExitOptions ActionPriceScalpSeed { get; } =
        ActionPriceSeed with { Fraction1 = 1m, Fraction2 = 0m };

    /// <summary>Distance of the first target, R.</summary>
    [Range(0.1, 10)] public decimal Target1R { get; init; } = 1m;

    /// <summary>Distance of the second target, R; above the first.</summary>
    [Range(0.1, 20)] public decimal Target2R { get; init; } = 2m;

    /// <summary>Share of the position closed at the first target.</summary>
    [Range(0, 1)] public decimal Fraction1 { get; init; } = 0.3m;

    /// <summary>Share closed at the second target; what the two leave is the runner.</summary>
    [Range(0, 1)] public decimal Fraction2 { get; init; } = 0.4m;

    /// <summary>Where the stop goes after the first target, from the next bar on.</summary>
    public BreakEvenRule BreakEven { get; init; } = BreakEvenRule.TrueCost;

    /// <summary>Distance of the runner's stop from the extreme since TP2, ATR.</summary>
    [Range(0.1, 10)] public double TrailAtr { get; init; } = 1.2;

    /// <summary>A smaller step of the trail is not taken, ATR: it spares amendments.</summary>
    [Range(0, 2)] public double TrailStepAtr { get; init; } = 0.1;

    /// <summary>Which time stop.</summary>
    public TimeStopRule TimeStop { get; init; } = TimeStopRule.BarsWithoutProgressR;

    /// <summary>Core time stop, strategy bars; the fill's bar is bar 1.</summary>
    [Range(1, 1000)] public int TimeStopBars { get; init; } = 8;

    /// <summary>Core time stop: progress (MFE) that saves the position, R.</summary>
    [Range(0, 5)] public double ProgressR { get; init; } = 0.5;

    /// <summary>Core time stop of profile <c>seed</c>: progress that saves it, fraction of the entry.</summary>
    [Range(0, 0.2)] public double ProgressFraction { get; init; } = 0.005;

    /// <summary>Action Price: hours after TP1.</summary>
    [Range(1, 1000)] public int HoursAfterTarget1 { get; init; } = 48;

    /// <summary>Action Price: hours after TP2.</summary>
    [Range(1, 1000)] public int HoursAfterTarget2 { get; init; } = 72;

    /// <summary>Action Price: hours since the fill.</summary>
    [Range(1, 5000)] public int HoursTotal { get; init; } = 168;

    /// <summary>A fill that changes R by more than this share is refused as missed (spec 2.14).</summary>
    [Range(0, 1)] public decimal MissedShareOfR { get; init; } = 0.25m;

    /// <summary>A limit entry fills once the market has traded this many ticks beyond it (spec 1.10 #21).</summary>
    [Range(0, 100)] public int EntryThroughTicks { get; init; } = 1;

    /// <summary>A target fills once the market has traded this many ticks beyond it; 0 = on touch.</summary>
    [Range(0, 100)] public int TargetThroughTicks { get; init; }

    /// <summary>A result no further from nothing than this counts as break-even, R (spec 2.19).</summary>
    [Range(0, 1)] public decimal BreakEvenBandR { get; init; } = 0.10m;
}

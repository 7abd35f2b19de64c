using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Domain.Analysis;

/// <summary>Settings of the zones (spec 2.5). ATR is ATR14 of the zone's frame.</summary>
public sealed record ZoneOptions
{
    public static ZoneOptions Default { get; } = new();

    /// <summary>Half of a zone's width, in ATRs …</summary>
    [Range(0.05, 2.0)]
    public double HalfWidthAtr { get; init; } = 0.25;

    /// <summary>… but at least this part of the price (0.00075 = 0.075 %).</summary>
    [Range(0.0, 0.01)]
    public double HalfWidthShare { get; init; } = 0.00075;

    /// <summary>Zones with closer centres become one; in ATRs of the finer of the two.</summary>
    [Range(0.1, 5.0)]
    public double MergeAtr { get; init; } = 0.75;

    /// <summary>A merged zone is at most this many times as wide as a new one.</summary>
    [Range(1.0, 5.0)]
    public double WidthMax { get; init; } = 1.25;

    /// <summary>Bars within which the way from a touch is measured, and between two touches.</summary>
    [Range(1, 50)]
    public int TouchBars { get; init; } = 5;

    /// <summary>The most that one touch counts, in ATRs.</summary>
    [Range(0.5, 10.0)]
    public double ImpulseMaxAtr { get; init; } = 2;

    /// <summary>Closes in a row beyond the far edge that break a zone.</summary>
    [Range(1, 10)]
    public int BreakCloses { get; init; } = 3;

    /// <summary>Closes in a row on one side of a broken zone that give it a role again.</summary>
    [Range(1, 10)]
    public int HoldCloses { get; init; } = 2;

    /// <summary>Bars for which a swing of the 1h frame makes a zone.</summary>
    [Range(100, 10_000)]
    public int HourBars { get; init; } = 1500;

    /// <summary>Days for which a swing of the 4h and 1d frames makes a zone.</summary>
    [Range(10, 1000)]
    public int Days { get; init; } = 90;

    /// <summary>Zones kept on each side of the price.</summary>
    [Range(1, 20)]
    public int NearestPerSide { get; init; } = 3;

    /// <summary>… within this many daily ATRs.</summary>
    [Range(0.5, 20.0)]
    public double ReachAtrDay { get; init; } = 3;
}

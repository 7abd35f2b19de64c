using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Domain.Analysis;

/// <summary>Thresholds of the regime detector (spec 1.4 and 2.7). Bars are 4h bars.</summary>
public sealed record RegimeOptions
{
    public static RegimeOptions Default { get; } = new();

    /// <summary>Bot A's value: a trend enters where it leaves.</summary>
    public static RegimeOptions Seed { get; } = new() { AdxEnter = 20 };

    /// <summary>ADX14 above which a trend begins.</summary>
    [Range(5.0, 60.0)]
    public double AdxEnter { get; init; } = 25;

    /// <summary>ADX14 above which a trend that is there goes on.</summary>
    [Range(5.0, 60.0)]
    public double AdxLeave { get; init; } = 20;

    /// <summary>ADX14 that gives a trend's full confidence.</summary>
    [Range(10.0, 100.0)]
    public double AdxFull { get; init; } = 40;

    /// <summary>CHOP and RANGE need an ADX14 below this.</summary>
    [Range(5.0, 60.0)]
    public double AdxWeak { get; init; } = 20;

    /// <summary>Bars over which the width's percentile is taken.</summary>
    [Range(20, 500)]
    public int WidthLookback { get; init; } = 90;

    /// <summary>SQUEEZE needs a width percentile below this, 0 to 100.</summary>
    [Range(1.0, 99.0)]
    public double SqueezePercentile { get; init; } = 25;

    /// <summary>… for this many consecutive bars.</summary>
    [Range(1, 100)]
    public int SqueezeBars { get; init; } = 12;

    /// <summary>A close outside the bands while they widen starts that count anew.</summary>
    public bool SqueezeRelease { get; init; } = true;

    /// <summary>CHOP and RANGE need a width percentile below this, 0 to 100.</summary>
    [Range(1.0, 99.0)]
    public double QuietPercentile { get; init; } = 30;

    /// <summary>Bars over which the averages' slope is taken.</summary>
    [Range(1, 50)]
    public int SlopeBars { get; init; } = 5;

    /// <summary>Slope that tells CHOP (at least) from RANGE, a fraction per bar (0.0005 = 0.05 %).</summary>
    [Range(0.00001, 0.01)]
    public double FlatSlope { get; init; } = 0.0005;

    /// <summary>Bars of the Donchian channel whose edges a RANGE has to touch.</summary>
    [Range(10, 500)]
    public int RangeBars { get; init; } = 50;

    /// <summary>Depth of the channel's edge bands as a part of its height.</summary>
    [Range(0.01, 0.5)]
    public double RangeBand { get; init; } = 0.15;

    /// <summary>Bars that have to reach into each edge band.</summary>
    [Range(1, 20)]
    public int RangeTouches { get; init; } = 2;

    /// <summary>Bars that a new label has to hold before it counts (CHOP, SQUEEZE: at once).</summary>
    [Range(1, 10)]
    public int HoldBars { get; init; } = 2;

    /// <summary>Fewer bars than this are UNDECIDED.</summary>
    [Range(200, 2000)]
    public int BarsMin { get; init; } = 200;

    /// <summary>A gap within this many last bars is UNDECIDED.</summary>
    [Range(1, 500)]
    public int GapBars { get; init; } = 60;
}

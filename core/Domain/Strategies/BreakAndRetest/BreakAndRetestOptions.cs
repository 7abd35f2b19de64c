using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Domain.Strategies;

/// <summary>Thresholds of Break &amp; Retest (spec 2.8).</summary>
public sealed record BreakAndRetestOptions
{
    /// <summary>Bars before the break in which the swing lies; the break lies as many bars back at most.</summary>
    [Range(5, 40)]
    public int LookBackBars { get; init; } = 20;

    /// <summary>Close beyond the level that breaks it, in ATRs.</summary>
    [Range(0.0, 2.0)]
    public double BreakAtr { get; init; } = 0.25;

    /// <summary>Volume of the break over the mean of the 20 bars before it.</summary>
    [Range(1.0, 10.0)]
    public double BreakVolume { get; init; } = 1.5;

    /// <summary>Least ADX14.</summary>
    [Range(5.0, 60.0)]
    public double AdxMin { get; init; } = 20;

    /// <summary>How near the retest must come to the level, in ATRs.</summary>
    [Range(0.0, 2.0)]
    public double RetestAtr { get; init; } = 0.3;

    /// <summary>The retest lies at most this many bars back.</summary>
    [Range(1, 20)]
    public int RetestBars { get; init; } = 5;

    /// <summary>A close this far back through the level ends the setup, in ATRs.</summary>
    [Range(0.0, 2.0)]
    public double FailAtr { get; init; } = 0.3;

    /// <summary>A daily VWAP this near the level adds half a point, in ATRs.</summary>
    [Range(0.0, 2.0)]
    public double VwapAtr { get; init; } = 0.1;

    /// <summary>Half-width of the broken level's zone, in ATRs.</summary>
    [Range(0.0, 2.0)]
    public double ZoneAtr { get; init; } = 0.25;

    /// <summary>Stop beyond the retest or the zone, in ATRs.</summary>
    [Range(0.0, 2.0)]
    public double StopBufferAtr { get; init; } = 0.1;
}

using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Domain.Strategies;

/// <summary>Thresholds of MA/VWAP Pullback (spec 2.8).</summary>
public sealed record MaVwapPullbackOptions
{
    /// <summary>EMA50 is held against itself this many bars before.</summary>
    [Range(1, 100)]
    public int SlopeBars { get; init; } = 10;

    /// <summary>Least ADX14 on 4h.</summary>
    [Range(5.0, 60.0)]
    public double AdxMin { get; init; } = 20;

    /// <summary>Distance from EMA20 beyond which a trend is late, in ATRs.</summary>
    [Range(0.5, 10.0)]
    public double LateTrendAtr { get; init; } = 1.8;

    /// <summary>Least retracement of the last impulse leg, as a fraction.</summary>
    [Range(0.0, 1.0)]
    public double RetraceMin { get; init; } = 0.382;

    /// <summary>Greatest retracement, as a fraction.</summary>
    [Range(0.0, 1.0)]
    public double RetraceMax { get; init; } = 0.618;

    /// <summary>Measure the retracement on the range of the last 50 bars instead of the last impulse leg.</summary>
    public bool FiftyBarRange { get; init; }

    /// <summary>How near the bar must come to EMA20 or the daily VWAP, in ATRs.</summary>
    [Range(0.0, 2.0)]
    public double ZoneAtr { get; init; } = 0.3;

    /// <summary>Volume over the mean of the 20 bars before, before the session factor.</summary>
    [Range(0.1, 10.0)]
    public double Volume { get; init; } = 1.2;

    /// <summary>Factor on the volume threshold for bars opening 00–08 UTC.</summary>
    [Range(0.1, 2.0)]
    public double AsiaFactor { get; init; } = 0.6;

    /// <summary>Factor on the volume threshold for bars opening 20–24 UTC.</summary>
    [Range(0.1, 2.0)]
    public double LateFactor { get; init; } = 0.8;

    /// <summary>Stop beyond the swing, in ATRs.</summary>
    [Range(0.0, 2.0)]
    public double StopBufferAtr { get; init; } = 0.1;

    public static MaVwapPullbackOptions Default { get; } = new();

    /// <summary>The earlier bot's leg: the range of the last 50 bars.</summary>
    public static MaVwapPullbackOptions Seed { get; } = new() { FiftyBarRange = true };
}

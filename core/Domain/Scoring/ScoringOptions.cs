using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Domain.Scoring;

/// <summary>Thresholds of score, filters, confluence and conflicts (spec 1.6, 2.9).</summary>
public sealed record ScoringOptions
{
    /// <summary>Least score that enters, in points.</summary>
    [Range(0.0, 10.0)]
    public double EntryThreshold { get; init; } = 3.0;

    /// <summary>Weigh the base by regime; off: every weight is 1.</summary>
    public bool RegimeWeights { get; init; } = true;

    /// <summary>Volume over the mean of the 20 bars before, for strategies without a volume test of their own.</summary>
    [Range(1.0, 10.0)]
    public double VolumeRatio { get; init; } = 1.5;

    /// <summary>Bars over which cumulative volume delta must agree.</summary>
    [Range(1, 50)]
    public int CvdBars { get; init; } = 3;

    /// <summary>Least open-interest change that earns a point on BTC and ETH, as a fraction.</summary>
    [Range(0.0, 0.5)]
    public double OpenInterestMin { get; init; } = 0.01;

    /// <summary>The same on all other symbols.</summary>
    [Range(0.0, 0.5)]
    public double OpenInterestMinAlt { get; init; } = 0.005;

    /// <summary>Open-interest change above which the point is lost again, as a fraction.</summary>
    [Range(0.0, 1.0)]
    public double OpenInterestMax { get; init; } = 0.03;

    /// <summary>Depth imbalance in the trade's direction, −1…+1.</summary>
    [Range(0.0, 1.0)]
    public double DepthImbalance { get; init; } = 0.05;

    /// <summary>Distance from EMA20 beyond which a trend is late, in ATRs.</summary>
    [Range(0.5, 10.0)]
    public double LateTrendAtr { get; init; } = 1.8;

    /// <summary>z-score of funding at which a side is crowded.</summary>
    [Range(0.5, 10.0)]
    public double FundingZ { get; init; } = 2.5;

    /// <summary>Three-hour BTC move that counts against a trade at beta 1, as a fraction.</summary>
    [Range(0.0005, 0.1)]
    public double BtcMove { get; init; } = 0.003;

    /// <summary>Correlation with BTC below which its move does not apply.</summary>
    [Range(0.0, 1.0)]
    public double BtcCorrelationMin { get; init; } = 0.3;

    /// <summary>Points lost when BTC moves against the trade.</summary>
    [Range(0.0, 10.0)]
    public double BtcPenalty { get; init; } = 2.0;

    /// <summary>
    /// Points for a price-action pattern (pin bar, engulfing, inside bar, fakey) that the deciding bar completes
    /// with the trade; 0: the score has no such part.
    /// </summary>
    [Range(0.0, 3.0)]
    public double PatternPoints { get; init; }

    /// <summary>Entry prices this near each other agree, as a fraction.</summary>
    [Range(0.0, 0.05)]
    public double ConfluenceGap { get; init; } = 0.003;

    /// <summary>Closed bars over which triggers of other strategies count.</summary>
    [Range(1, 20)]
    public int ConfluenceBars { get; init; } = 3;

    /// <summary>Score lead with which one of two opposite signals wins; below it both are dropped.</summary>
    [Range(0.0, 10.0)]
    public double ConflictLead { get; init; } = 1.0;

    /// <summary>How long a symbol and side rest after an accepted signal, in minutes.</summary>
    [Range(0, 1440)]
    public int LockMinutes { get; init; } = 60;

    public static ScoringOptions Default { get; } = new();

    /// <summary>The earlier bot's values: no regime weights, the same change of open interest for all.</summary>
    public static ScoringOptions Seed { get; } = new() { RegimeWeights = false, OpenInterestMinAlt = 0.01 };
}

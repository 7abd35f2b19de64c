using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Domain.Strategies;

/// <summary>Thresholds of Action Price (spec 1.8 column "Seed", 2.8b).</summary>
public sealed record ActionPriceOptions
{
    /// <summary>Bars after which EMA200 is ripe: 4.5e-5 of its seed's error is left at 1,200.</summary>
    [Range(200, 5000)]
    public int MatureBars { get; init; } = 1200;

    /// <summary>Distance of the outer band from EMA200, in ATRs.</summary>
    [Range(0.5, 5.0)]
    public double BandAtr { get; init; } = 1.5;

    /// <summary>Stop beyond the initiator's extreme, in ATRs of the initiator.</summary>
    [Range(0.0, 2.0)]
    public double StopBufferAtr { get; init; } = 0.1;

    /// <summary>Least score of a STANDARD trade, in points.</summary>
    [Range(-5, 12)]
    public int StandardScore { get; init; } = 3;

    /// <summary>Least score of a SCALP trade, in points; below it the pattern is skipped.</summary>
    [Range(-5, 12)]
    public int ScalpScore { get; init; } = 1;

    /// <summary>Bars of its own frame in which a symbol and side rest after an accepted signal.</summary>
    [Range(0, 500)]
    public int CoolDownBars { get; init; } = 8;
}

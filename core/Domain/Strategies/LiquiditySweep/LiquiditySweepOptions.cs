using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Domain.Strategies;

/// <summary>Thresholds of Liquidity Sweep (spec 2.8). "%" is of the level's price.</summary>
public sealed record LiquiditySweepOptions
{
    /// <summary>Youngest swing that may be swept, in bars.</summary>
    [Range(1, 100)]
    public int SwingAgeMin { get; init; } = 5;

    /// <summary>Oldest swing that may be swept, in bars.</summary>
    [Range(5, 100)]
    public int SwingAgeMax { get; init; } = 100;

    /// <summary>The sweep lies at most this many bars back.</summary>
    [Range(1, 10)]
    public int SweepBars { get; init; } = 3;

    /// <summary>Least depth: the smaller of this many ATRs …</summary>
    [Range(0.0, 2.0)]
    public double DepthMinAtr { get; init; } = 0.1;

    /// <summary>… and this fraction of price.</summary>
    [Range(0.0, 0.05)]
    public double DepthMinFraction { get; init; } = 0.001;

    /// <summary>Greatest depth: the greater of this many ATRs …</summary>
    [Range(0.0, 5.0)]
    public double DepthMaxAtr { get; init; } = 0.3;

    /// <summary>… and this fraction of price, …</summary>
    [Range(0.0, 0.05)]
    public double DepthMaxFraction { get; init; } = 0.002;

    /// <summary>… but never more than this many ATRs.</summary>
    [Range(0.0, 5.0)]
    public double DepthCapAtr { get; init; } = 0.5;

    /// <summary>Volume of the sweep bar over the median of the 20 bars before it.</summary>
    [Range(1.0, 10.0)]
    public double SweepVolume { get; init; } = 1.5;

    /// <summary>The same when no order book confirms the fade.</summary>
    [Range(1.0, 10.0)]
    public double SweepVolumeWithoutBook { get; init; } = 2.0;

    /// <summary>Depth imbalance in the trade's direction, −1…+1.</summary>
    [Range(0.0, 1.0)]
    public double DepthImbalance { get; init; } = 0.05;

    /// <summary>Confidence above which an opposite trend forbids the fade, 0–1.</summary>
    [Range(0.0, 1.0)]
    public double OppositeTrendConfidence { get; init; } = 0.8;

    /// <summary>Close beyond the level that alone proves the continuation, in ATRs.</summary>
    [Range(0.0, 2.0)]
    public double ContinuationAtr { get; init; } = 0.25;

    /// <summary>Open-interest change that confirms the continuation, as a fraction.</summary>
    [Range(0.0, 0.5)]
    public double OpenInterestMin { get; init; } = 0.01;

    /// <summary>Half-width of the swept level's zone, in ATRs.</summary>
    [Range(0.0, 2.0)]
    public double ZoneAtr { get; init; } = 0.25;

    /// <summary>Stop beyond the extreme or the zone, in ATRs.</summary>
    [Range(0.0, 2.0)]
    public double StopBufferAtr { get; init; } = 0.1;
}

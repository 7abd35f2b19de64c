using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Domain.Strategies;

/// <summary>Thresholds of the Volume Profile strategy (spec 2.8).</summary>
public sealed record VolumeProfileOptions
{
    /// <summary>The value area's edge was crossed at most this many bars ago.</summary>
    [Range(1, 20)]
    public int CrossBars { get; init; } = 5;

    /// <summary>ACCEPT: close beyond the edge that alone proves acceptance, in ATRs.</summary>
    [Range(0.0, 2.0)]
    public double AcceptAtr { get; init; } = 0.25;

    /// <summary>ACCEPT: volume over the median of the 50 bars before.</summary>
    [Range(1.0, 10.0)]
    public double AcceptVolume { get; init; } = 1.5;

    /// <summary>ACCEPT: open-interest change that confirms, as a fraction.</summary>
    [Range(0.0, 0.5)]
    public double OpenInterestMin { get; init; } = 0.01;

    /// <summary>Shift of the point of control over 4 bars, in value-area widths: at least for ACCEPT, below for REJECT.</summary>
    [Range(0.0, 2.0)]
    public double Migration { get; init; } = 0.10;

    /// <summary>REJECT: how far outside a close may still count as back inside, as a fraction of price.</summary>
    [Range(0.0, 0.02)]
    public double ReturnTolerance { get; init; } = 0.001;

    /// <summary>REJECT: open interest must be this quiet, as a fraction.</summary>
    [Range(0.0, 0.5)]
    public double OpenInterestQuiet { get; init; } = 0.02;

    /// <summary>REJECT: depth imbalance in the trade's direction, −1…+1.</summary>
    [Range(0.0, 1.0)]
    public double DepthImbalance { get; init; } = 0.05;

    /// <summary>Half-width of the edge's zone, in ATRs.</summary>
    [Range(0.0, 2.0)]
    public double ZoneAtr { get; init; } = 0.25;

    /// <summary>Stop beyond the zone or the extreme, in ATRs.</summary>
    [Range(0.0, 2.0)]
    public double StopBufferAtr { get; init; } = 0.1;
}

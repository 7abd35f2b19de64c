using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Domain.Strategies;

/// <summary>Thresholds of Order Flow (spec 2.8).</summary>
public sealed record OrderFlowOptions
{
    /// <summary>Distance from POC, VAH or VAL, in ATRs.</summary>
    [Range(0.0, 2.0)]
    public double LevelAtr { get; init; } = 0.3;

    /// <summary>Volume over the mean of the 20 bars before.</summary>
    [Range(1.0, 10.0)]
    public double Volume { get; init; } = 1.5;

    /// <summary>Median depth imbalance of the last 20 s in the trade's direction, −1…+1.</summary>
    [Range(0.0, 1.0)]
    public double DepthImbalance { get; init; } = 0.25;

    /// <summary>Volume delta of the bar over its volume, in the trade's direction.</summary>
    [Range(0.0, 1.0)]
    public double DeltaShare { get; init; } = 0.10;

    /// <summary>Ask for the rank of the open-interest change (else for its size).</summary>
    public bool OpenInterestByRank { get; init; } = true;

    /// <summary>Percentile of the open-interest change among the last 200, 0–100.</summary>
    [Range(0.0, 100.0)]
    public double OpenInterestRank { get; init; } = 90;

    /// <summary>Open-interest change, as a fraction, where the rank is not asked.</summary>
    [Range(0.0, 1.0)]
    public double OpenInterestChange { get; init; } = 0.05;

    /// <summary>Half-width of the level's zone, in ATRs.</summary>
    [Range(0.0, 2.0)]
    public double ZoneAtr { get; init; } = 0.25;

    /// <summary>Stop beyond the zone, in ATRs.</summary>
    [Range(0.0, 2.0)]
    public double StopBufferAtr { get; init; } = 0.1;

    public static OrderFlowOptions Default { get; } = new();

    /// <summary>The earlier bot's values: a book imbalance and an open-interest jump that hardly ever occur.</summary>
    public static OrderFlowOptions Seed { get; } = new() { DepthImbalance = 0.6, OpenInterestByRank = false };
}

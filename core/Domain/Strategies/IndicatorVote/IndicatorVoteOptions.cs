using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Domain.Strategies;

/// <summary>Thresholds of the five-indicator vote (spec 1.12).</summary>
public sealed record IndicatorVoteOptions
{
    /// <summary>Votes needed of five.</summary>
    [Range(1, 5)]
    public int VotesMin { get; init; } = 3;

    /// <summary>Stop distance, as a fraction of price.</summary>
    [Range(0.001, 0.15)]
    public double StopFraction { get; init; } = 0.01;

    /// <summary>Score base, in points.</summary>
    [Range(0.0, 10.0)]
    public double Base { get; init; } = 2.5;
}

using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Engine.Running;

/// <summary>What is known beside candles; what is switched off is unavailable to every strategy, never zero.</summary>
public sealed record ContextOptions
{
    /// <summary>Hold order books: depth imbalance and spread.</summary>
    public bool OrderBooks { get; init; } = true;

    /// <summary>Read open interest before each quarter of an hour closes (weight 1 a symbol).</summary>
    public bool OpenInterest { get; init; } = true;

    /// <summary>Read funding rates after each settlement.</summary>
    public bool FundingRates { get; init; } = true;

    /// <summary>Seconds of market time before a close at which open interest is read.</summary>
    [Range(1, 300)] public int OpenInterestLeadSeconds { get; init; } = 20;

    /// <summary>Least wall time in seconds between two rounds: a market that runs fast is read less often.</summary>
    [Range(1, 900)] public int RoundSecondsMin { get; init; } = 5;
}

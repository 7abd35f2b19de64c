using System.ComponentModel.DataAnnotations;
using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ingestion;

/// <summary>Checking streamed candles against the exchange's final ones (spec 3.9).</summary>
public sealed record VerifierOptions
{
    /// <summary>Whether streamed candles are checked.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The shortest frame that is checked.</summary>
    public TimeFrame FrameMin { get; init; } = TimeFrame.M15;

    /// <summary>Seconds of wall time between the close and the check: the final row is published with a delay.</summary>
    [Range(0.0, 600.0)] public double DelaySeconds { get; init; } = 15;

    /// <summary>Seconds of wall time before a difference is looked at once more, and only then believed.</summary>
    [Range(0.0, 600.0)] public double ConfirmSeconds { get; init; } = 30;

    /// <summary>Checks per second at most.</summary>
    [Range(0.1, 100.0)] public double PerSecond { get; init; } = 10;

    /// <summary>It waits while this part of the request budget is in use.</summary>
    [Range(0.0, 1.0)] public double UseMax { get; init; } = 0.5;

    /// <summary>Candles that may wait to be checked; the oldest is left out when there are more.</summary>
    [Range(10, 100_000)] public int WaitingMax { get; init; } = 4_000;
}

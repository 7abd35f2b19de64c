using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Engine.Ports;

/// <summary>
/// How long a store keeps what nobody needs any more. Open signals and waiting effects always stay.
/// </summary>
public sealed record Retention
{
    /// <summary>Days of candles of 15m and longer (spec 1.2).</summary>
    [Range(30, 3650)]
    public int CandleDays { get; init; } = 270;

    /// <summary>Days of candles of 1m and 5m: they follow open signals and fill charts.</summary>
    [Range(2, 3650)]
    public int MinuteCandleDays { get; init; } = 14;

    /// <summary>Days of closed signals after their end.</summary>
    [Range(1, 3650)]
    public int ClosedSignalDays { get; init; } = 365;

    /// <summary>Days of effects that are done.</summary>
    [Range(1, 3650)]
    public int DoneEffectDays { get; init; } = 30;

    /// <summary>The newest decisions that stay.</summary>
    [Range(100, 10_000_000)]
    public int DecisionsMax { get; init; } = 20_000;
}

using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Adapters.Configuration;

/// <summary>How long the local store keeps what it holds.</summary>
public sealed record RetentionOptions
{
    /// <summary>Candles of 1m and 5m, days of market time.</summary>
    [Range(1, 3650)] public int MinuteCandleDays { get; init; } = 14;

    /// <summary>Candles of 15m and longer, days of market time.</summary>
    [Range(30, 3650)] public int CandleDays { get; init; } = 270;

    /// <summary>Closed signals, days of market time. Open ones are never removed.</summary>
    [Range(1, 3650)] public int ClosedSignalDays { get; init; } = 365;
}

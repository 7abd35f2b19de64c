using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Adapters.Binance.Books;

/// <summary>How order books are held. Times are wall time.</summary>
public sealed record BookOptions
{
    /// <summary>Snapshots that are fetched at once, of all symbols together; each has weight 20 (spec 2.15).</summary>
    [Range(1, 50)] public int SnapshotsInFlight { get; init; } = 5;

    /// <summary>Seconds without an update after which a book is no longer believed (spec 2.15).</summary>
    [Range(1, 600)] public double StaleSeconds { get; init; } = 3;

    /// <summary>Seconds between two resynchronisations of a symbol; doubles while it does not stay in step (spec 2.15).</summary>
    [Range(1, 3600)] public double CoolDownSeconds { get; init; } = 120;

    /// <summary>Seconds without an update after which the stream's connection is renewed.</summary>
    [Range(5, 3600)] public double SilenceSeconds { get; init; } = 30;

    /// <summary>Seconds out of step after which people are told.</summary>
    [Range(5, 3600)] public double AlertSeconds { get; init; } = 60;
}

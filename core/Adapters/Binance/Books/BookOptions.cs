using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Adapters.Binance.Books;

/// <summary>How order books are held. Times are wall time.</summary>
public sealed record BookOptions
{
    /// <summary>Depth streams that share a connection: so many books lose it with a cut.</summary>
    [Range(1, 1024)] public int StreamsPerConnection { get; init; } = 50;

    /// <summary>
    /// Whether each depth stream runs on two connections: what the one loses or is late with comes by the other, and a cut
    /// of one of them costs nothing. It doubles what is received.
    /// </summary>
    public bool Twins { get; init; } = true;

    /// <summary>Seconds that an update which is missing on one of two connections is awaited on the other.</summary>
    [Range(0, 2)] public double GapPatienceSeconds { get; init; } = 1;

    /// <summary>
    /// Levels a side of a symbol's first snapshot, as many or the next more of 100, 500 and 1000 (weight 5, 10, 20). It shows how many are needed,
    /// and where these were too few a deeper one follows.
    /// </summary>
    [Range(100, 1000)] public int LevelsAtFirst { get; init; } = 100;

    /// <summary>Distance from the middle that a snapshot should hold, basis points; features use 50.</summary>
    [Range(20, 1000)] public double ReachWantedBp { get; init; } = 100;

    /// <summary>With less known around the middle, basis points, another snapshot is fetched when there is weight for it.</summary>
    [Range(10, 500)] public double ReachLowBp { get; init; } = 25;

    /// <summary>Seconds between two such snapshots of a symbol.</summary>
    [Range(5, 3600)] public double RefreshSeconds { get; init; } = 60;

    /// <summary>Snapshots that are fetched at once, of all symbols together (spec 2.15).</summary>
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

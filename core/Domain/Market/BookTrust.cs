namespace FuturesBot.Domain.Market;

/// <summary>
/// How far an order book may be believed (spec 2.15). Only <see cref="Synced"/> books give features; from any other
/// they are unavailable.
/// </summary>
public enum BookTrust
{
    /// <summary>No stream: nothing is known.</summary>
    Disconnected,

    /// <summary>Updates are kept until a snapshot is there.</summary>
    Buffering,

    /// <summary>A snapshot is there, and the update that fits onto it is awaited.</summary>
    Snapshot,

    /// <summary>In step with the exchange.</summary>
    Synced,

    /// <summary>An update is missing; a new snapshot is needed.</summary>
    Gap,

    /// <summary>No update for too long.</summary>
    Stale,

    /// <summary>The best bid stood at or above the best ask for more than one update.</summary>
    Crossed,
}

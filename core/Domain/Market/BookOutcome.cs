namespace FuturesBot.Domain.Market;

/// <summary>What became of an update or a snapshot that <see cref="BookSync"/> was given.</summary>
public enum BookOutcome
{
    /// <summary>An update is in the book; or a snapshot is, with the updates that were kept for it.</summary>
    Applied,

    /// <summary>An update is kept until a snapshot is there.</summary>
    Buffered,

    /// <summary>A snapshot is in the book, and the update that fits onto it is awaited.</summary>
    Awaiting,

    /// <summary>What it says was known already: a doubled update, or one from before the snapshot.</summary>
    Old,

    /// <summary>The update does not continue the book, or the book could not take it: a new snapshot is needed.</summary>
    Gap,

    /// <summary>The snapshot is older than every update that was kept: another one is needed.</summary>
    TooOld,

    /// <summary>Nobody waits for it: there is no connection, or the book is in step.</summary>
    Ignored,
}

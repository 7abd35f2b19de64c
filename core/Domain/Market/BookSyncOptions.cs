namespace FuturesBot.Domain.Market;

/// <summary>How patient a book is. Times in milliseconds of wall time.</summary>
public sealed record BookSyncOptions
{
    /// <summary>
    /// Silence after which the book is <see cref="BookTrust.Stale"/>; null for a symbol that may be silent for longer.
    /// Spec 2.15.
    /// </summary>
    public long? StaleAfterMs { get; init; } = 3_000;

    /// <summary>Age from which on every feature is unavailable. Spec 2.4.</summary>
    public long FeatureAgeMaxMs { get; init; } = 2_000;

    /// <summary>From the start of one resynchronisation to the start of the next; doubled each time. Spec 2.15.</summary>
    public long CoolDownMs { get; init; } = 120_000;

    /// <summary>How often the cool-down doubles at most: 120 s · 2⁴ = 32 minutes.</summary>
    public int CoolDownDoublings { get; init; } = 4;

    /// <summary>Wait after a snapshot that failed or was too old; doubled each time.</summary>
    public long RetryMs { get; init; } = 1_000;

    /// <summary>Longest wait between two snapshots of one resynchronisation.</summary>
    public long RetryMaxMs { get; init; } = 60_000;

    /// <summary>
    /// Updates kept while there is no snapshot, 100 seconds of a busy symbol. At the bound the oldest goes: a snapshot
    /// then has to be newer, nothing else changes.
    /// </summary>
    public int BufferUpdatesMax { get; init; } = 1_000;

    /// <summary>
    /// The same while none has been asked for yet, 3 seconds: a snapshot is newer than the moment it is asked for, and hundreds of books wait
    /// for their turn when a process starts. One that turns out to be older, because the exchange answers from a cache, is asked for again
    /// with all that came since.
    /// </summary>
    public int BufferUpdatesWaiting { get; init; } = 32;

    /// <summary>Levels in these updates: 1 MB. At the bound the oldest update goes.</summary>
    public int BufferLevelsMax { get; init; } = 65_536;

    /// <summary>
    /// How long an update may be missing while later ones are here, because it may still come by another connection; 0
    /// when there is only one, whose order is never broken. The book stands still meanwhile, and is right as it stands.
    /// </summary>
    public long GapPatienceMs { get; init; }

    /// <summary>Levels a side of the first snapshot, from which follows how many are needed: 100, 500 or 1000.</summary>
    public int LevelsAtFirst { get; init; } = 1_000;

    /// <summary>
    /// Distance from the middle, basis points, that a snapshot should hold: the 50 that the imbalance counts, and as much
    /// again for the price to move in.
    /// </summary>
    public double ReachWantedBp { get; init; } = 100;

    /// <summary>
    /// When less than this is known on a side of a book in step, basis points, another snapshot is wanted in good time; at
    /// less than 10 the imbalance is unavailable.
    /// </summary>
    public double ReachLowBp { get; init; } = 25;

    /// <summary>From one such snapshot to the next of a symbol.</summary>
    public long RefreshPauseMs { get; init; } = 60_000;

    /// <summary>
    /// Whether the exchange's event times follow wall time. Then a late update counts as old by its own time too; with
    /// market time running at another speed only the silence between updates counts.
    /// </summary>
    public bool EventsFollowWallTime { get; init; } = true;
}

namespace FuturesBot.Dashboard;

/// <summary>All order books together.</summary>
/// <param name="Total">Followed.</param>
/// <param name="ByTrust">How many are in each state; states without a book are absent.</param>
/// <param name="OldUpdates">Updates that said nothing new.</param>
/// <param name="Gaps">Updates that did not continue their book.</param>
/// <param name="Resyncs">Books built anew.</param>
/// <param name="Snapshots">Fetched since the start.</param>
/// <param name="Bytes">Memory of the levels.</param>
public sealed record BooksHealthView(
    int Synced,
    int Total,
    IReadOnlyDictionary<string, int> ByTrust,
    long Updates,
    long OldUpdates,
    long Gaps,
    long Resyncs,
    int SnapshotsInFlight,
    long Snapshots,
    long SnapshotsFailed,
    long SnapshotsTooOld,
    long Bytes);

using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Books;

/// <summary>How the order books do, all of them together. Counts are of the symbols that are followed now.</summary>
/// <param name="ByTrust">How many books are in each state; states without a book are absent.</param>
/// <param name="Updates">Depth updates received.</param>
/// <param name="OldUpdates">Of these, doubled or late ones that said nothing new; with two connections that is half of them.</param>
/// <param name="Gaps">Updates that did not continue their book.</param>
/// <param name="Mended">Updates that were missing on one connection and came by the other in time.</param>
/// <param name="Resyncs">How often a book had to be built anew.</param>
/// <param name="Refreshes">How often a snapshot gave a book in step more known levels.</param>
/// <param name="Thin">Books in step of which so little is known around the price that the imbalance is unavailable.</param>
/// <param name="SnapshotsInFlight">Being fetched now.</param>
/// <param name="Snapshots">Fetched, with an answer, since the start.</param>
/// <param name="SnapshotsFailed">Without a usable answer.</param>
/// <param name="SnapshotsTooOld">Older than every update that was kept for them.</param>
/// <param name="Bytes">Memory of the levels.</param>
public sealed record BookHealth(
    IReadOnlyDictionary<BookTrust, int> ByTrust, long Updates, long OldUpdates, long Gaps, long Mended, long Resyncs,
    long Refreshes, int Thin, int SnapshotsInFlight, long Snapshots, long SnapshotsFailed, long SnapshotsTooOld, long Bytes);

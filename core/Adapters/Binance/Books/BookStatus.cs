using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Books;

/// <summary>How one order book does, for people. Counts are since it was first followed.</summary>
/// <param name="Symbol">Whose.</param>
/// <param name="Trust">How far it may be believed.</param>
/// <param name="LastUpdateId">Of the last update applied; 0 when there is none.</param>
/// <param name="AgeMs">Wall time since then, milliseconds; null when there is none.</param>
/// <param name="Updates">Depth updates received, on all its connections.</param>
/// <param name="OldUpdates">Of these, said nothing new; with two connections that is half of them.</param>
/// <param name="Gaps">Updates that did not continue the book.</param>
/// <param name="Mended">Updates that were missing on one connection and came by the other in time.</param>
/// <param name="Resyncs">How often it had to be built anew.</param>
/// <param name="Refreshes">How often a snapshot gave it more known levels while it stayed in step.</param>
/// <param name="SnapshotsFailed">Without a usable answer.</param>
/// <param name="SnapshotsTooOld">Older than every update that was kept for them.</param>
/// <param name="ReachBp">Distance from the middle within which both sides are known, basis points; infinite when all is, NaN without a book.</param>
/// <param name="BidLevels">Levels that it holds.</param>
/// <param name="AskLevels">Levels that it holds.</param>
/// <param name="Connections">How many bring its updates now.</param>
public sealed record BookStatus(
    Symbol Symbol, BookTrust Trust, long LastUpdateId, long? AgeMs, long Updates, long OldUpdates, long Gaps, long Mended,
    int Resyncs, int Refreshes, long SnapshotsFailed, long SnapshotsTooOld, double ReachBp, int BidLevels, int AskLevels, int Connections);

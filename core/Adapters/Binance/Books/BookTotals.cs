using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Books;

/// <summary>A sum over books, while it is being made.</summary>
internal sealed class BookTotals
{
    public Dictionary<BookTrust, int> ByTrust { get; } = [];

    public long Updates { get; private set; }

    public long OldUpdates { get; private set; }

    public long Gaps { get; private set; }

    public long Mended { get; private set; }

    public long Resyncs { get; private set; }

    public long Refreshes { get; private set; }

    public int Thin { get; private set; }

    public long SnapshotsFailed { get; private set; }

    public long SnapshotsTooOld { get; private set; }

    public long Bytes { get; private set; }

    public void Add(BookSync sync, long updates)
    {
        ByTrust[sync.Trust] = ByTrust.GetValueOrDefault(sync.Trust) + 1;
        Updates += updates;
        OldUpdates += sync.OldUpdates;
        Gaps += sync.Gaps;
        Mended += sync.Mended;
        Resyncs += sync.Resyncs;
        Refreshes += sync.Refreshes;
        if (sync.Trust == BookTrust.Synced && sync.ReachBp < BookFeatures.ReachMinBp) Thin++;
        SnapshotsFailed += sync.SnapshotsFailed;
        SnapshotsTooOld += sync.SnapshotsTooOld;
        Bytes += sync.Book.Bytes;
    }
}

using System.Numerics;
using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance.Books;

/// <summary>
/// One symbol's book behind a lock: its stream's thread writes, anyone reads. No call holds the lock for longer than
/// the longest update takes, some microseconds; a snapshot of 1,000 levels some ten.
/// </summary>
internal sealed class FollowedBook(Symbol symbol, BookSync sync)
{
    private readonly Lock _gate = new();
    private int _lines;          // a bit for each connection on which its stream runs
    private long _updates;
    private long _receivedMs;
    private long _troubleSinceMs = long.MaxValue;
    private int _silences;
    private bool _isQuiet;
    private bool _isTold;

    public Symbol Symbol => symbol;

    /// <summary>The stream runs from now on; updates count as awaited since then.</summary>
    /// <param name="line">Bit of its connection.</param>
    /// <param name="nowMs">Now.</param>
    public void Connected(int line, long nowMs)
    {
        lock (_gate)
        {
            var others = _lines & ~line;
            _lines |= line;
            if (others != 0 && sync.Trust != BookTrust.Disconnected) return;   // the other one goes on without a hole
            sync.Connected(nowMs);
            (_receivedMs, _silences, _isQuiet) = (nowMs, 0, false);
            _troubleSinceMs = long.MaxValue;
        }
    }

    public void Disconnected(int line, long nowMs)
    {
        lock (_gate)
        {
            _lines &= ~line;
            if (_lines == 0) sync.Disconnected(nowMs);
        }
    }

    /// <returns>What became of it, and whether a snapshot is wanted because of it.</returns>
    public (BookOutcome Outcome, bool WantsSnapshot) Take(DepthUpdate update, long nowMs)
    {
        lock (_gate)
        {
            _updates++;
            (_receivedMs, _silences, _isQuiet) = (nowMs, 0, false);
            var outcome = sync.OnUpdate(
                update.EventMs, update.FirstId, update.LastId, update.PreviousId, update.Bids, update.Asks, nowMs);
            if (outcome == BookOutcome.Applied) InStep();
            if (outcome == BookOutcome.Gap) Trouble(nowMs);
            return (outcome, outcome is BookOutcome.Gap || (outcome is BookOutcome.Buffered && sync.Buffered == 1));
        }
    }

    /// <summary>How much a snapshot is wanted.</summary>
    public BookNeed NeedOf(long nowMs)
    {
        lock (_gate)
        {
            if (!sync.WantsSnapshot(nowMs)) return BookNeed.None;
            if (!sync.IsRefresh) return BookNeed.Book;
            return sync.ReachBp < BookFeatures.ReachMinBp ? BookNeed.Reach : BookNeed.MoreReach;
        }
    }

    /// <summary>Levels of the snapshot that has to be fetched, which then counts as asked for; 0 when none is wanted any more.</summary>
    public int RequestSnapshot(long nowMs)
    {
        lock (_gate)
        {
            if (!sync.WantsSnapshot(nowMs)) return 0;
            var levels = sync.SnapshotLevels;
            sync.SnapshotRequested(nowMs);
            return levels;
        }
    }

    /// <param name="snapshot">It.</param>
    /// <param name="levels">Levels a side that it was asked for with.</param>
    /// <param name="nowMs">Now.</param>
    public BookOutcome Take(DepthSnapshot snapshot, int levels, long nowMs)
    {
        lock (_gate)
        {
            var wasStale = sync.Trust == BookTrust.Stale;
            var outcome = sync.OnSnapshot(snapshot.LastUpdateId, snapshot.Bids, snapshot.Asks, nowMs, levels);
            _isQuiet = wasStale && outcome == BookOutcome.Old;
            if (outcome == BookOutcome.Applied) InStep();
            if (outcome is BookOutcome.Gap or BookOutcome.TooOld) Trouble(nowMs);
            return outcome;
        }
    }

    public void SnapshotFailed(long nowMs)
    {
        lock (_gate)
        {
            sync.OnSnapshotFailed(nowMs);
            Trouble(nowMs);
        }
    }

    /// <summary>How often in a row nothing has come for so long; 0 when that is not so just now.</summary>
    public int CountSilence(long nowMs, double silenceMs)
    {
        lock (_gate)
        {
            if (sync.Trust == BookTrust.Disconnected || nowMs - _receivedMs < silenceMs * (_silences + 1)) return 0;
            if (!_isQuiet) Trouble(nowMs);
            return ++_silences;
        }
    }

    /// <summary>
    /// True once for each time that something keeps the book out of step for so long, though its stream runs. Waiting for
    /// its turn at the first snapshot is no trouble, nor is a market in which nothing happens.
    /// </summary>
    public bool HasNewTrouble(long nowMs, double afterMs)
    {
        lock (_gate)
        {
            sync.Tick(nowMs);
            if (sync.Trust is BookTrust.Synced or BookTrust.Disconnected || _isQuiet) return false;
            if (sync.Trust is BookTrust.Stale or BookTrust.Gap or BookTrust.Crossed) Trouble(nowMs);
            if (_isTold || _troubleSinceMs == long.MaxValue || nowMs - _troubleSinceMs < afterMs) return false;
            return _isTold = true;
        }
    }

    public BookReading Read(long nowMs)
    {
        lock (_gate) return BookReading.Of(sync, nowMs);
    }

    public BookView View(long nowMs, int levels)
    {
        var (bids, asks) = (new BookLevel[levels], new BookLevel[levels]);
        lock (_gate)
        {
            var (bidCount, askCount) = (sync.Book.CopyBids(bids), sync.Book.CopyAsks(asks));
            var (from, to) = (sync.Book.BidsKnownFrom, sync.Book.AsksKnownTo);
            return new(
                BookReading.Of(sync, nowMs), Known(bids[..bidCount], level => level.Price >= from),
                Known(asks[..askCount], level => level.Price <= to), sync.ReachBp);
        }
    }

    /// <summary>How the book does.</summary>
    public BookStatus Status(long nowMs)
    {
        lock (_gate)
        {
            sync.Tick(nowMs);
            return new(
                symbol, sync.Trust, sync.LastUpdateId, sync.AgeMs(nowMs) is var age && age == long.MaxValue ? null : age, _updates,
                sync.OldUpdates, sync.Gaps, sync.Mended, sync.Resyncs, sync.Refreshes, sync.SnapshotsFailed, sync.SnapshotsTooOld,
                sync.ReachBp, sync.Book.BidLevels, sync.Book.AskLevels, BitOperations.PopCount((uint)_lines));
        }
    }

    private static BookLevel[] Known(BookLevel[] levels, Func<BookLevel, bool> isKnown) => [.. levels.TakeWhile(isKnown)];

    public BookDetail Detail(long nowMs, int levels)
    {
        lock (_gate)
        {
            var features = sync.FeaturesAt(nowMs);   // valid under the gate alone
            return new(
                View(nowMs, levels), sync.Gaps, features.Mid, features.Microprice, features.LevelImbalance(),
                [Within(10), Within(25), Within(50)], [(10, features.OrderFlow(10)), (60, features.OrderFlow(60))]);

            (double WithinBp, double Bids, double Asks) Within(double bp) => (bp, features.BidDepth(bp), features.AskDepth(bp));
        }
    }

    /// <summary>Adds this book's counts to a sum.</summary>
    public void AddTo(BookTotals totals, long nowMs)
    {
        lock (_gate)
        {
            sync.Tick(nowMs);
            totals.Add(sync, _updates);
        }
    }

    private void Trouble(long nowMs) => _troubleSinceMs = Math.Min(_troubleSinceMs, nowMs);

    private void InStep()
    {
        _troubleSinceMs = long.MaxValue;
        _isTold = false;
    }
}

using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Market;

/// <summary>The rule that holds a book in step, event by event (spec 3.5 and 2.15).</summary>
public sealed class BookSyncTests
{
    private const long Tick = FixedPoint.One / 10;

    private long _now = 1_000_000;

    [Fact]
    public void OnUpdate_BeforeConnected_IsIgnored()
    {
        var sync = Sync();

        Assert.Equal(BookOutcome.Ignored, Update(sync, 1, 2, 0, bid: 100));
        Assert.Equal(BookTrust.Disconnected, sync.Trust);
    }

    [Fact]
    public void WantsSnapshot_BeforeTheFirstUpdate_IsFalse()
    {
        var sync = Sync();
        sync.Connected(_now);

        Assert.False(sync.WantsSnapshot(_now));
        Update(sync, 1, 2, 0, bid: 100);
        Assert.True(sync.WantsSnapshot(_now));
    }

    [Fact]
    public void OnSnapshot_WithinTheBuffer_AppliesWhatSpansItAndWhatFollows()
    {
        var sync = Sync();
        sync.Connected(_now);
        Update(sync, 1, 10, 0, bid: 100);
        Update(sync, 11, 20, 10, bid: 101);
        Update(sync, 21, 30, 20, bid: 102);
        sync.SnapshotRequested(_now);

        var outcome = sync.OnSnapshot(15, [Level(90)], [Level(200)], _now);

        Assert.Equal(BookOutcome.Applied, outcome);
        Assert.Equal(BookTrust.Synced, sync.Trust);
        Assert.Equal(30, sync.LastUpdateId);
        Assert.Equal(102 * FixedPoint.One, sync.Book.BestBid);
        Assert.Equal(3, sync.Book.BidLevels);   // 90 of the snapshot, 101 and 102; 100 is older than it
    }

    [Fact]
    public void OnSnapshot_OlderThanTheBuffer_KeepsTheBufferAndWantsAnother()
    {
        var sync = Sync();
        sync.Connected(_now);
        Update(sync, 11, 20, 10, bid: 101);
        sync.SnapshotRequested(_now);

        Assert.Equal(BookOutcome.TooOld, sync.OnSnapshot(10, [Level(90)], [Level(200)], _now));
        Assert.Equal(1, sync.Buffered);
        Assert.False(sync.WantsSnapshot(_now));

        _now += 1_000;
        Assert.True(sync.WantsSnapshot(_now));
        sync.SnapshotRequested(_now);
        Assert.Equal(BookOutcome.Applied, sync.OnSnapshot(11, [Level(90)], [Level(200)], _now));
        Assert.Equal(BookTrust.Synced, sync.Trust);
    }

    [Fact]
    public void OnSnapshot_BufferWithoutABreak_NeedsNoSecondRequest()
    {
        var sync = Sync();
        sync.Connected(_now);
        Update(sync, 1, 10, 0, bid: 100);
        sync.SnapshotRequested(_now);

        Assert.Equal(BookOutcome.Awaiting, sync.OnSnapshot(12, [Level(90)], [Level(200)], _now));
        Assert.Equal((BookTrust.Snapshot, 12L), (sync.Trust, sync.LastUpdateId));
        Assert.False(sync.FeaturesAt(_now).Available);

        Assert.Equal(BookOutcome.Old, Update(sync, 10, 11, 9, bid: 50));
        Assert.Equal(BookOutcome.Applied, Update(sync, 11, 12, 10, bid: 101));   // U ≤ 12 ≤ u; pu is not asked here
        Assert.Equal(BookTrust.Synced, sync.Trust);
        Assert.Equal(BookOutcome.Applied, Update(sync, 13, 14, 12, bid: 102));
    }

    [Fact]
    public void OnUpdate_AfterTheSnapshotButBeyondIt_KeepsItAndWantsAnother()
    {
        var sync = Sync();
        sync.Connected(_now);
        Update(sync, 1, 10, 0, bid: 100);
        sync.SnapshotRequested(_now);
        sync.OnSnapshot(12, [Level(90)], [Level(200)], _now);

        Assert.Equal(BookOutcome.Buffered, Update(sync, 13, 14, 12, bid: 101));
        Assert.Equal((BookTrust.Buffering, 1L), (sync.Trust, sync.SnapshotsTooOld));
    }

    [Fact]
    public void OnUpdate_Doubled_IsDropped()
    {
        var sync = Synced();

        Assert.Equal(BookOutcome.Old, Update(sync, 21, 30, 20, bid: 555));
        Assert.Equal((BookTrust.Synced, 30L, 1L), (sync.Trust, sync.LastUpdateId, sync.OldUpdates));
        Assert.Equal(Level(103).Price, sync.Book.BestBid);
    }

    [Fact]
    public void OnUpdate_WithAHole_EndsTheTrustAndIsKeptForTheSnapshot()
    {
        var sync = Synced();

        Assert.Equal(BookOutcome.Gap, Update(sync, 41, 50, 40, bid: 105));
        Assert.Equal((BookTrust.Gap, 1, 1, 1L), (sync.Trust, sync.Buffered, sync.Resyncs, sync.Gaps));
        Assert.True(sync.WantsSnapshot(_now));   // the first resynchronisation starts at once

        sync.SnapshotRequested(_now);
        Assert.Equal(BookTrust.Buffering, sync.Trust);
        Assert.Equal(BookOutcome.Applied, sync.OnSnapshot(45, [Level(90)], [Level(200)], _now));
        Assert.Equal((BookTrust.Synced, 50L), (sync.Trust, sync.LastUpdateId));
    }

    [Fact]
    public void WantsSnapshot_RepeatedResyncs_WaitTwiceAsLongEachTimeUntilItWasCalm()
    {
        var sync = Synced();
        var waits = new List<long>();
        var lastStart = 0L;
        for (var resync = 0; resync < 7; resync++)
        {
            _now += 1_000;
            Break(sync);
            var start = WaitForSnapshot(sync);
            waits.Add(start - lastStart);
            lastStart = start;
            Mend(sync);
        }

        Assert.Equal([120_000, 240_000, 480_000, 960_000, 1_920_000, 1_920_000], waits[1..]);

        _now = lastStart + (2 * 1_920_000);   // calm for as long again
        Break(sync);
        Assert.True(sync.WantsSnapshot(_now));
        sync.SnapshotRequested(_now);
        lastStart = _now;
        Mend(sync);
        _now += 1_000;
        Break(sync);
        Assert.Equal(120_000, WaitForSnapshot(sync) - lastStart);
    }

    [Fact]
    public void WantsSnapshot_FailuresInOneResync_WaitTwiceAsLongEachTime()
    {
        var sync = Sync();
        sync.Connected(_now);
        Update(sync, 1, 10, 0, bid: 100);
        var waits = new List<long>();
        for (var failure = 0; failure < 9; failure++)
        {
            var start = _now;
            waits.Add(WaitForSnapshot(sync) - start);
            sync.SnapshotRequested(_now);
            Assert.False(sync.WantsSnapshot(_now + 1_000_000));   // one at a time
            sync.OnSnapshotFailed(_now);
        }

        Assert.Equal([0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000], waits);
        Assert.Equal((1, 9L), (sync.Buffered, sync.SnapshotsFailed));
    }

    [Fact]
    public void OnUpdate_CrossedOnce_StaysSynced_CrossedTwice_Ends()
    {
        var sync = Synced();

        Update(sync, 31, 40, 30, bid: 200);   // at the ask
        Assert.Equal(BookTrust.Synced, sync.Trust);
        Assert.False(sync.FeaturesAt(_now).Available);   // a spread of nothing is no spread

        Assert.Equal(BookOutcome.Gap, Update(sync, 41, 50, 40, bid: 201));
        Assert.Equal((BookTrust.Crossed, 1), (sync.Trust, sync.Resyncs));

        Update(sync, 51, 60, 50, bid: 90, quantity: 0);
        Assert.True(sync.WantsSnapshot(_now));
        sync.SnapshotRequested(_now);
        sync.OnSnapshot(55, [Level(90)], [Level(200)], _now);
        Assert.Equal(BookTrust.Synced, sync.Trust);
    }

    [Fact]
    public void OnUpdate_CrossedAndUncrossed_StaysSynced()
    {
        var sync = Synced();
        for (var id = 30; id < 100; id += 20)
        {
            Update(sync, id + 1, id + 10, id, bid: 200);
            Update(sync, id + 11, id + 20, id + 10, bid: 200, quantity: 0);
        }

        Assert.Equal((BookTrust.Synced, 0), (sync.Trust, sync.Resyncs));
    }

    [Fact]
    public void Tick_Silence_MakesFeaturesUnavailableAndThenTheBookStale()
    {
        var sync = Synced();

        Assert.True(sync.FeaturesAt(_now + 2_000).Available);
        Assert.False(sync.FeaturesAt(_now + 2_001).Available);
        Assert.True(double.IsNaN(sync.FeaturesAt(_now + 2_001).BestBid));
        sync.Tick(_now + 3_000);
        Assert.Equal(BookTrust.Synced, sync.Trust);
        sync.Tick(_now + 3_001);
        Assert.Equal((BookTrust.Stale, 3_001L), (sync.Trust, sync.AgeMs(_now + 3_001)));
    }

    [Fact]
    public void Tick_SymbolThatMayBeSilent_IsNeverStale()
    {
        var sync = Synced(new() { StaleAfterMs = null, EventsFollowWallTime = false });

        sync.Tick(_now + 1_000_000);

        Assert.Equal(BookTrust.Synced, sync.Trust);
        Assert.False(sync.FeaturesAt(_now + 2_001).Available);
    }

    [Fact]
    public void OnUpdate_AfterSilenceContinuingTheChain_IsSyncedWithoutASnapshot()
    {
        var sync = Synced();
        _now += 10_000;
        sync.Tick(_now);

        Assert.Equal(BookOutcome.Applied, Update(sync, 31, 40, 30, bid: 104));
        Assert.Equal((BookTrust.Synced, 0), (sync.Trust, sync.Resyncs));
    }

    [Fact]
    public void OnSnapshot_OfAStaleBook_TellsASilentMarketFromASilentStream()
    {
        var sync = Synced();
        _now += 10_000;
        Assert.True(sync.WantsSnapshot(_now));
        sync.SnapshotRequested(_now);

        Assert.Equal(BookOutcome.Old, sync.OnSnapshot(30, [Level(90)], [Level(200)], _now));
        Assert.Equal((BookTrust.Stale, 0), (sync.Trust, sync.Resyncs));   // nothing happened on the exchange
        Assert.False(sync.WantsSnapshot(_now + 119_999));

        _now += 120_000;
        Assert.True(sync.WantsSnapshot(_now));
        sync.SnapshotRequested(_now);
        Assert.Equal(BookOutcome.Awaiting, sync.OnSnapshot(77, [Level(90)], [Level(200)], _now));
        Assert.Equal((BookTrust.Snapshot, 1), (sync.Trust, sync.Resyncs));   // the stream has lost something
    }

    [Fact]
    public void OnUpdate_Late_CountsItsLatenessAsAge()
    {
        var sync = Synced(new());

        var late = _now - 2_500;
        Assert.Equal(BookOutcome.Applied, sync.OnUpdate(late, 31, 40, 30, [Level(104)], [], _now));
        Assert.Equal((BookTrust.Synced, 2_500L), (sync.Trust, sync.AgeMs(_now)));
        Assert.False(sync.FeaturesAt(_now).Available);

        Assert.Equal(BookOutcome.Applied, sync.OnUpdate(late - 600, 41, 50, 40, [Level(105)], [], _now));
        Assert.Equal(BookTrust.Stale, sync.Trust);

        Assert.Equal(BookOutcome.Applied, sync.OnUpdate(_now + 1_300, 51, 60, 50, [Level(106)], [], _now));
        Assert.Equal((BookTrust.Synced, 0L), (sync.Trust, sync.AgeMs(_now)));   // a clock behind is no youth
    }

    [Fact]
    public void OnUpdate_OffTheGrid_EndsTheTrustUntilASnapshotBringsTheGrid()
    {
        var sync = Synced();
        var fine = new BookLevel((103 * FixedPoint.One) + (Tick / 10), 5);

        Assert.Equal(BookOutcome.Gap, sync.OnUpdate(_now, 31, 40, 30, [fine], [], _now));
        Assert.Equal((BookTrust.Gap, 1L, 0L), (sync.Trust, sync.Book.Refused, sync.Gaps));

        sync.OnUpdate(_now, 41, 50, 40, [fine], [], _now);
        sync.SnapshotRequested(_now);
        Assert.Equal(BookOutcome.Applied, sync.OnSnapshot(45, [fine], [Level(200)], _now));
        Assert.Equal((BookTrust.Synced, Tick / 10, fine.Price), (sync.Trust, sync.Book.TickSize, sync.Book.BestBid));
    }

    [Fact]
    public void OnSnapshot_WithAnImpossibleLevel_IsNotTaken()
    {
        var sync = Sync();
        sync.Connected(_now);
        Update(sync, 1, 10, 0, bid: 100);
        sync.SnapshotRequested(_now);

        Assert.Equal(BookOutcome.Gap, sync.OnSnapshot(5, [new(-Tick, 5)], [], _now));
        Assert.Equal((BookTrust.Buffering, 1L, 1), (sync.Trust, sync.SnapshotsFailed, sync.Buffered));
        Assert.False(sync.WantsSnapshot(_now));
    }

    [Fact]
    public void Disconnected_ForgetsTheBook_AndReconnectingBuildsItAnew()
    {
        var sync = Synced();

        sync.Disconnected(_now);
        Assert.Equal((BookTrust.Disconnected, 0L, 0, 1), (sync.Trust, sync.LastUpdateId, sync.Book.BidLevels, sync.Resyncs));

        sync.Connected(_now);
        Assert.Equal(BookOutcome.Buffered, Update(sync, 101, 110, 100, bid: 100));
        Assert.True(sync.WantsSnapshot(_now));
        sync.SnapshotRequested(_now);
        sync.OnSnapshot(105, [Level(90)], [Level(200)], _now);
        Assert.Equal((BookTrust.Synced, 1), (sync.Trust, sync.Resyncs));
    }

    [Fact]
    public void OnUpdate_BufferFull_TheOldestGoes()
    {
        var sync = new BookSync(new(Tick), new() { BufferUpdatesMax = 3 });
        sync.Connected(_now);
        for (var id = 0; id < 50; id += 10) Update(sync, id + 1, id + 10, id, bid: 100 + id);

        Assert.Equal((3, 2L), (sync.Buffered, sync.Displaced));
        sync.SnapshotRequested(_now);
        Assert.Equal(BookOutcome.TooOld, sync.OnSnapshot(15, [Level(90)], [Level(900)], _now));
        sync.SnapshotRequested(_now);
        Assert.Equal(BookOutcome.Applied, sync.OnSnapshot(25, [Level(90)], [Level(900)], _now));
        Assert.Equal((BookTrust.Synced, 50L), (sync.Trust, sync.LastUpdateId));
    }

    /// <summary>Hundreds of books wait for their turn at the start: each keeps little, and all once its snapshot was asked for.</summary>
    [Fact]
    public void OnUpdate_WhileNoSnapshotIsAskedFor_KeepsTheLastAlone()
    {
        var sync = Sync(new() { BufferUpdatesWaiting = 4, BufferUpdatesMax = 1_000 });
        sync.Connected(_now);
        for (var id = 0; id < 500; id += 10) Update(sync, id + 1, id + 10, id, bid: 100 + id);
        Assert.Equal((4, 46L), (sync.Buffered, sync.Displaced));

        // when: it is asked for, and takes its time
        sync.SnapshotRequested(_now);
        for (var id = 500; id < 900; id += 10) Update(sync, id + 1, id + 10, id, bid: 100 + id);
        Assert.Equal(44, sync.Buffered);

        // then: one that is older than it was asked for does no more harm than a second request, for which all is kept
        Assert.Equal(BookOutcome.TooOld, sync.OnSnapshot(450, [Level(90)], [Level(9_000)], _now));
        for (var id = 900; id < 1_000; id += 10) Update(sync, id + 1, id + 10, id, bid: 100 + id);
        Assert.Equal(54, sync.Buffered);
        sync.SnapshotRequested(_now);
        Assert.Equal(BookOutcome.Applied, sync.OnSnapshot(505, [Level(90)], [Level(9_000)], _now));
        Assert.Equal((BookTrust.Synced, 1_000L), (sync.Trust, sync.LastUpdateId));
    }

    [Fact]
    public void OnUpdate_BufferFullOfLevels_TheOldestGoes()
    {
        var sync = new BookSync(new(Tick), new() { BufferLevelsMax = 5 });
        sync.Connected(_now);
        for (var id = 0; id < 50; id += 10)
            sync.OnUpdate(_now, id + 1, id + 10, id, [Level(100), Level(99)], [Level(101)], _now);

        Assert.Equal((1, 4L), (sync.Buffered, sync.Displaced));
    }

    [Fact]
    public void OnUpdate_ChainBrokenInTheBuffer_StartsTheBufferAnew()
    {
        var sync = Sync();
        sync.Connected(_now);
        Update(sync, 1, 10, 0, bid: 100);
        Update(sync, 21, 30, 20, bid: 101);
        Assert.Equal(1, sync.Buffered);

        sync.SnapshotRequested(_now);
        Assert.Equal(BookOutcome.TooOld, sync.OnSnapshot(10, [Level(90)], [Level(200)], _now));
    }

    [Fact]
    public void OnUpdate_Warm_AllocatesNothing()
    {
        var sync = Synced();
        var id = 30L;
        for (var i = 0; i < 1_000; i++, id += 10) Update(sync, id + 1, id + 10, id, bid: 100 + (i % 7));

        BookLevel[] bids = [Level(100), Level(101, 0)];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++, id += 10) sync.OnUpdate(_now, id + 1, id + 10, id, bids, [], _now);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(BookTrust.Synced, sync.Trust);
    }

    private static BookSync Sync(BookSyncOptions? options = null) =>
        new(new(Tick), options ?? new() { EventsFollowWallTime = false });

    private static BookLevel Level(long price, long quantity = FixedPoint.One) =>
        new(price * FixedPoint.One, quantity);

    /// <summary>In step at update 30 with bids 90 and 101 to 103 and an ask 200.</summary>
    private BookSync Synced(BookSyncOptions? options = null)
    {
        var sync = Sync(options);
        sync.Connected(_now);
        Update(sync, 1, 10, 0, bid: 101);
        Update(sync, 11, 20, 10, bid: 102);
        Update(sync, 21, 30, 20, bid: 103);
        sync.SnapshotRequested(_now);
        sync.OnSnapshot(5, [Level(90)], [Level(200)], _now);
        Assert.Equal((BookTrust.Synced, 0), (sync.Trust, sync.Resyncs));
        return sync;
    }

    private BookOutcome Update(
        BookSync sync, long first, long final, long previous, long bid, long quantity = FixedPoint.One) =>
        sync.OnUpdate(_now, first, final, previous, [Level(bid, quantity)], [], _now);

    private void Break(BookSync sync)
    {
        var id = sync.LastUpdateId + 100;
        Assert.Equal(BookOutcome.Gap, Update(sync, id + 1, id + 10, id, bid: 101));
    }

    private void Mend(BookSync sync)
    {
        if (!sync.SnapshotInFlight) sync.SnapshotRequested(_now);
        Assert.Equal(BookOutcome.Applied, sync.OnSnapshot(sync.LastUpdateId + 105, [Level(90)], [Level(200)], _now));
    }

    /// <summary>Moves time on to the moment when a snapshot is wanted.</summary>
    private long WaitForSnapshot(BookSync sync)
    {
        for (; !sync.WantsSnapshot(_now); _now += 100) Assert.True(_now < 100_000_000, "no snapshot wanted");
        return _now;
    }
}

using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Market;

/// <summary>What a book knows around its price, and what it does when that is little.</summary>
public sealed class BookReachTests
{
    private const long One = FixedPoint.One;
    private const long Tick = One / 100;

    private long _now = 1_000_000;
    private long _id = 100;

    [Fact]
    public void Features_WhereLevelsAreUnknown_AreUnavailable()
    {
        // Prices around 100.00: 50 levels a side, a tick of 1 bp each.
        var sync = InStep(levels: 50, new() { LevelsAtFirst = 50 });

        var features = sync.FeaturesAt(_now);
        Assert.Equal(50, sync.ReachBp, 1);
        Assert.False(double.IsNaN(features.Imbalance + features.LevelImbalance() + features.BidDepth(49) + features.AskDepth(49)));
        Assert.True(double.IsNaN(features.BidDepth(52)));
        Assert.True(double.IsNaN(features.LevelImbalance(51)));
    }

    [Fact]
    public void Price_Rises_WhatIsKnownAboveItShrinksAndASnapshotIsWantedInGoodTime()
    {
        var sync = InStep(levels: 50, new() { LevelsAtFirst = 50 });
        Assert.False(sync.WantsSnapshot(_now));

        RaiseTo(sync, 20);
        Assert.Equal(BookTrust.Synced, sync.Trust);
        Assert.False(sync.WantsSnapshot(_now));   // 30 bp are left above
        RaiseTo(sync, 27);
        Assert.True(sync.WantsSnapshot(_now));
        Assert.True(sync.IsRefresh);
        Assert.False(double.IsNaN(sync.FeaturesAt(_now).Imbalance));
        RaiseTo(sync, 42);
        Assert.True(double.IsNaN(sync.FeaturesAt(_now).Imbalance));
        Assert.False(double.IsNaN(sync.FeaturesAt(_now).BestAsk));
        Assert.Equal(BookTrust.Synced, sync.Trust);

        sync.SnapshotRequested(_now);
        Assert.False(sync.WantsSnapshot(_now));
        var asked = _id;
        RaiseTo(sync, 43);   // the exchange goes on meanwhile, and the snapshot is older than the book
        Assert.Equal(BookOutcome.Applied, sync.OnSnapshot(asked, Side(43, 60, -1), Side(43, 60, +1), _now, 60));

        Assert.Equal((BookTrust.Synced, 1, 0), (sync.Trust, sync.Refreshes, sync.Resyncs));
        Assert.Equal(_id, sync.LastUpdateId);
        Assert.False(double.IsNaN(sync.FeaturesAt(_now).Imbalance));
        Assert.Equal(BookOutcome.Applied, Update(sync, [], []));
        Assert.False(sync.WantsSnapshot(_now));
    }

    [Fact]
    public void Refresh_SnapshotAheadOfTheUpdates_WaitsForThem()
    {
        var sync = Thin();
        sync.SnapshotRequested(_now);

        Assert.Equal(BookOutcome.Awaiting, sync.OnSnapshot(_id + 1, Side(42, 60, -1), Side(42, 60, +1), _now, 60));
        Assert.Equal((BookTrust.Synced, 0), (sync.Trust, sync.Refreshes));
        Assert.Equal(BookOutcome.Applied, Update(sync, [], []));
        Assert.Equal((BookTrust.Synced, 1), (sync.Trust, sync.Refreshes));
        Assert.True(sync.ReachBp > 50);
    }

    [Fact]
    public void Refresh_SnapshotFromBeforeTheRequest_ChangesNothing()
    {
        var sync = Thin();
        var reach = sync.ReachBp;
        sync.SnapshotRequested(_now);
        Update(sync, [], []);

        Assert.Equal(BookOutcome.TooOld, sync.OnSnapshot(_id - 2, Side(0, 60, -1), Side(0, 60, +1), _now, 60));
        Assert.Equal((BookTrust.Synced, 0, reach), (sync.Trust, sync.Refreshes, sync.ReachBp));
        Assert.False(sync.WantsSnapshot(_now));
        _now += 60_000;
        Update(sync, [], []);
        Assert.True(sync.WantsSnapshot(_now));
    }

    [Fact]
    public void Refresh_SnapshotThatNoBookCanHold_LeavesTheBookAsItIs()
    {
        var sync = Thin();
        var best = sync.Book.BestBid;
        sync.SnapshotRequested(_now);

        Assert.Equal(BookOutcome.Gap, sync.OnSnapshot(_id, [new(100 * One, -1)], [], _now, 60));
        Assert.Equal((BookTrust.Synced, best, 1L), (sync.Trust, sync.Book.BestBid, sync.SnapshotsFailed));
        Assert.Equal(BookOutcome.Applied, Update(sync, [], []));
    }

    [Fact]
    public void Price_LeavesWhatIsKnown_EndsTheTrust()
    {
        var sync = InStep(levels: 50, new() { LevelsAtFirst = 50 });

        var outcome = Update(sync, [.. Range(1, 60).Select(at => At(at))], [.. Range(1, 60).Select(at => At(at, 0)), At(61)]);

        Assert.Equal((BookOutcome.Gap, BookTrust.Gap, 1), (outcome, sync.Trust, sync.RanOut));
        Assert.True(double.IsNaN(sync.FeaturesAt(_now).BestAsk));
    }

    [Theory]
    [InlineData(1_000, 1_000, 100)]   // of 1 bp each
    [InlineData(100, 100, 100)]
    [InlineData(20, 100, 100)]        // a side with all its levels
    public void SnapshotLevels_AfterASnapshot_AreAsFewAsReachFarEnough(int levels, int asked, int next)
    {
        var sync = InStep(levels, new() { LevelsAtFirst = asked });
        sync.Disconnected(_now);

        Assert.Equal(next, sync.SnapshotLevels);
    }

    [Fact]
    public void SnapshotLevels_ShallowOneReachesTooLittle_AreMoreTheNextTime()
    {
        // A tick of 0.1 bp: 100 levels reach 10 bp, and 100 bp need a thousand.
        var sync = new BookSync(new(Tick / 10), new() { LevelsAtFirst = 100 });
        sync.Connected(_now);
        Assert.Equal(100, sync.SnapshotLevels);
        sync.OnUpdate(_now, 1, 10, 0, [], [], _now);
        sync.SnapshotRequested(_now);
        sync.OnSnapshot(5, Fine(100, -1), Fine(100, +1), _now, 100);

        Assert.Equal((BookTrust.Synced, 1_000), (sync.Trust, sync.SnapshotLevels));
        Assert.True(sync.WantsSnapshot(_now));
        sync.SnapshotRequested(_now);
        Assert.Equal(BookOutcome.Applied, sync.OnSnapshot(10, Fine(1_000, -1), Fine(1_000, +1), _now, 1_000));
        Assert.InRange(sync.ReachBp, 99, 101);
    }

    [Fact]
    public void Missing_ComesByTheOtherWay_IsNoGap()
    {
        var sync = InStep(levels: 50, new() { GapPatienceMs = 1_000 });
        var (first, second, third) = (Next(), Next(), Next());

        Assert.Equal(BookOutcome.Buffered, Give(sync, second));
        Assert.Equal(BookOutcome.Buffered, Give(sync, third));
        Assert.Equal((BookTrust.Synced, first.Before), (sync.Trust, sync.LastUpdateId));
        _now += 1_000;
        Assert.Equal(BookOutcome.Applied, Give(sync, first));

        Assert.Equal((BookTrust.Synced, third.Id, 0L, 2L), (sync.Trust, sync.LastUpdateId, sync.Gaps, sync.Mended));
        Assert.Equal(BookOutcome.Old, Give(sync, second));
    }

    [Fact]
    public void Missing_DoesNotComeInTime_IsAGapAndWhatCameIsKept()
    {
        var sync = InStep(levels: 50, new() { GapPatienceMs = 1_000 });
        _ = Next();
        Give(sync, Next());
        _now += 1_001;
        sync.Tick(_now);

        Assert.Equal((BookTrust.Gap, 1L, 1), (sync.Trust, sync.Gaps, sync.Buffered));
        Assert.True(sync.WantsSnapshot(_now));
    }

    private static IEnumerable<int> Range(int from, int to) => Enumerable.Range(from, to - from + 1);

    private static BookLevel At(int ticks, long quantity = One) => new((100 * One) + (ticks * Tick), quantity);

    // Levels without a hole, from one tick beside a middle away from it.
    private static BookLevel[] Side(int middle, int levels, int direction) => [.. Range(1, levels).Select(i => At(middle + (direction * i)))];

    private static BookLevel[] Fine(int levels, int direction) =>
        [.. Range(1, levels).Select(i => new BookLevel((100 * One) + (direction * i * (Tick / 10)), One))];

    private BookSync InStep(int levels, BookSyncOptions options)
    {
        var sync = new BookSync(new(Tick), options with { StaleAfterMs = null });
        sync.Connected(_now);
        Update(sync, [], []);
        sync.SnapshotRequested(_now);
        Assert.Equal(BookOutcome.Applied, sync.OnSnapshot(_id, Side(0, levels, -1), Side(0, levels, +1), _now, Math.Max(levels, options.LevelsAtFirst == 1_000 ? levels : options.LevelsAtFirst)));
        return sync;
    }

    // In step, and the price has left so few asks known that the imbalance is unavailable.
    private BookSync Thin()
    {
        var sync = InStep(levels: 50, new() { LevelsAtFirst = 50 });
        RaiseTo(sync, 42);
        Assert.True(sync.WantsSnapshot(_now));
        return sync;
    }

    private void RaiseTo(BookSync sync, int middle) => Assert.Equal(
        BookOutcome.Applied, Update(sync, [.. Range(0, middle - 1).Select(at => At(at))], [.. Range(1, middle).Select(at => At(at, 0))]));

    private BookOutcome Update(BookSync sync, BookLevel[] bids, BookLevel[] asks)
    {
        var (before, id) = (_id, ++_id);
        return sync.OnUpdate(_now, id, id, before, bids, asks, _now);
    }

    private (long Before, long Id) Next() => (_id, ++_id);

    private BookOutcome Give(BookSync sync, (long Before, long Id) update) =>
        sync.OnUpdate(_now, update.Id, update.Id, update.Before, [], [], _now);
}

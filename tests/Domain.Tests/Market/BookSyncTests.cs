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

    private static BookSync Sync() => new(new(Tick), new() { EventsFollowWallTime = false });

    private static BookLevel Level(long price, long quantity = FixedPoint.One) =>
        new(price * FixedPoint.One, quantity);

    private BookOutcome Update(BookSync sync, long first, long final, long previous, long bid) =>
        sync.OnUpdate(_now, first, final, previous, [Level(bid)], [], _now);
}

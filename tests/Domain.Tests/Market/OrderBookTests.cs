using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Market;

public sealed class OrderBookTests
{
    private const long Tick = FixedPoint.One / 10;

    private static readonly int[] Seeds = [.. Enumerable.Range(0, 30)];

    public static TheoryData<int> AllSeeds => new(Seeds);

    [Fact]
    public void New_HasNeitherPricesNorLevels()
    {
        var book = new OrderBook(Tick);

        Assert.Equal((0, 0, 0, 0), (book.BestBid, book.BestBidQuantity, book.BestAsk, book.BestAskQuantity));
        Assert.Equal((0, 0), (book.BidLevels, book.AskLevels));
        Assert.False(book.HasBothSides);
        Assert.Equal(0, book.CopyBids(new BookLevel[10]));
    }

    [Fact]
    public void Apply_SetsReplacesAndRemoves()
    {
        var book = new OrderBook(Tick);

        book.Apply([At(1000, 5), At(999, 3)], [At(1001, 2)]);
        book.Apply([At(1000, 7)], [At(1001, 0), At(1003, 4)]);
        book.Apply([At(1000, 0), At(500, 0)], []);   // the removal of a missing level is normal

        Assert.Equal((At(999, 3), At(1003, 4)), (BestBid(book), BestAsk(book)));
        Assert.Equal((1, 1), (book.BidLevels, book.AskLevels));
        Assert.Equal(0, book.Refused);
    }

    [Fact]
    public void Apply_OffTheGrid_IsRefusedAndCounted()
    {
        var book = new OrderBook(Tick);
        book.Apply([At(1000, 5)], []);

        var refused = book.Apply([new((1000 * Tick) + 1, 5), new((1000 * Tick) + (Tick / 2), 5), At(1002, 6)], []);

        Assert.Equal(2, refused);
        Assert.Equal(2, book.Refused);
        Assert.Equal((At(1002, 6), 2), (BestBid(book), book.BidLevels));
    }

    [Theory]
    [InlineData(0L, 5L)]
    [InlineData(-Tick, 5L)]
    [InlineData(-1000 * Tick, 5L)]
    [InlineData(long.MinValue, 5L)]
    [InlineData(long.MaxValue, 5L)]
    [InlineData(1000 * Tick, -1L)]
    [InlineData(1000 * Tick, long.MinValue)]
    public void Apply_ImpossibleLevel_IsRefusedOnBothSides(long price, long quantity)
    {
        foreach (var best in new long[] { 5, 1000, 500_000 })   // low prices: the window then reaches tick 1
        {
            var book = new OrderBook(Tick);
            book.Apply([At(best, 5)], [At(best + 1, 5)]);

            Assert.Equal(2, book.Apply([new(price, quantity)], [new(price, quantity)]));
            Assert.Equal((At(best, 5), At(best + 1, 5)), (BestBid(book), BestAsk(book)));
            Assert.Equal((1, 1), (book.BidLevels, book.AskLevels));
        }
    }

    [Theory, InlineData(7L), InlineData(1L << 40)]
    public void Apply_LargestPrices_AreHeld(long tickSize)
    {
        var book = new OrderBook(tickSize);
        var highest = long.MaxValue / tickSize * tickSize;

        Assert.Equal(0, book.Apply([new(tickSize, 1), new(highest, 2)], [new(highest, 3)]));
        Assert.Equal((highest, 2, highest, 3), (book.BestBid, book.BestBidQuantity, book.BestAsk, book.BestAskQuantity));
        Assert.Equal(0, book.Apply([new(highest, 0)], [new(tickSize, 4), new(highest, 0)]));
        Assert.Equal((tickSize, 1, tickSize, 4), (book.BestBid, book.BestBidQuantity, book.BestAsk, book.BestAskQuantity));
    }

    [Fact]
    public void Apply_AboveThePricesOfTheFinestTick_IsRefusedAndChangesNothing()
    {
        const long Highest = 1L << 61;               // 23 billion quote units in ticks of 1e-8
        const long NineTenths = 9_000_000_000_000_000_000;   // 9e10
        var book = new OrderBook(1);

        Assert.Equal(0, book.Apply([new(1, 1), new(Highest, 2)], [new(Highest, 3)]));
        Assert.Equal((Highest, 2, Highest, 3), (book.BestBid, book.BestBidQuantity, book.BestAsk, book.BestAskQuantity));
        Assert.Equal(4, book.Apply([new(NineTenths, 5), new(Highest + 1, 5)], [new(NineTenths, 5), new(Highest + 1, 5)]));
        Assert.Equal(4, book.Refused);
        Assert.Equal((2, 1), (book.BidLevels, book.AskLevels));
        Assert.Equal(0, book.Apply([new(Highest, 0)], [new(Highest, 0), new(1, 4)]));
        Assert.Equal((1, 1, 1, 4), (book.BestBid, book.BestBidQuantity, book.BestAsk, book.BestAskQuantity));
        Assert.False(book.CanLoad([new(NineTenths, 5)], []));
        Assert.True(book.CanLoad([new(Highest, 5)], []));
    }

    [Fact]
    public void Load_WithFinerPrices_TakesTheFinerTick()
    {
        var book = new OrderBook(Tick);
        book.Apply([At(1000, 5)], [At(1001, 5)]);

        var refused = book.Load([new(99_95 * (Tick / 10), 1)], [new(99_99 * (Tick / 10), 2)]);

        Assert.Equal(0, refused);
        Assert.Equal((Tick / 10, 1), (book.TickSize, book.TickChanges));
        Assert.Equal(99_95 * (Tick / 10), book.BestBid);
        Assert.Equal(99_99 * (Tick / 10), book.BestAsk);
        Assert.Equal(0, book.Apply([new(99_96 * (Tick / 10), 1)], []));
    }

    [Fact]
    public void Load_ReplacesEverything()
    {
        var book = new OrderBook(Tick);
        book.Apply([At(1000, 5), At(100, 5)], [At(1001, 5), At(90_000, 5)]);

        book.Load([At(2000, 1)], [At(2001, 2)]);

        Assert.Equal((1, 1), (book.BidLevels, book.AskLevels));
        Assert.Equal((At(2000, 1), At(2001, 2)), (BestBid(book), BestAsk(book)));
    }

    [Fact]
    public void IsCrossed_BidAtOrAboveAsk_IsTrue()
    {
        var book = new OrderBook(Tick);
        book.Apply([At(1000, 5)], [At(1001, 5)]);
        Assert.False(book.IsCrossed);

        book.Apply([At(1001, 1)], []);
        Assert.True(book.IsCrossed);   // locked: the two sides are kept apart, so that removing one is exact

        book.Apply([At(1001, 0)], []);
        Assert.False(book.IsCrossed);
        Assert.Equal((At(1000, 5), At(1001, 5)), (BestBid(book), BestAsk(book)));
    }

    [Fact]
    public void Apply_MoreFarLevelsThanTheBound_GivesTheDeepestUpAndSaysSo()
    {
        var book = new OrderBook(Tick);
        book.Apply([At(100_000, 5)], []);
        var deep = Enumerable.Range(1, 40_000).Select(price => At(price, 1)).ToArray();

        foreach (var level in deep) book.Apply([level], []);

        Assert.Equal(40_001, book.BidLevels + book.Forgotten);
        Assert.InRange(book.BidLevels, OrderBook.FarLevelsMax / 2, (OrderBook.FarLevelsMax * 2) + 1);
        var kept = new BookLevel[book.BidLevels];
        Assert.Equal(kept.Length, book.CopyBids(kept));
        Assert.Equal(At(100_000, 5), kept[0]);
        Assert.Equal(deep[^(kept.Length - 1)..].Reverse(), kept[1..]);
    }

    /// <summary>Wide books, prices that run away and return, sides that empty: always what a dictionary says.</summary>
    [Theory, MemberData(nameof(AllSeeds))]
    public void Apply_AnyChanges_EqualsADictionary(int seed)
    {
        var random = new Random(seed);
        var book = new OrderBook(Tick);
        var truth = new PlainBook();
        var centre = random.Next(3) switch { 0 => 60, 1 => 9_000, _ => 618_000 };
        for (var update = 0; update < 400; update++)
        {
            if (random.Next(60) == 0) centre = Math.Max(40, centre + random.Next(-20_000, 20_001));
            var bids = Changes(random, truth.Bids, centre, down: true);
            var asks = Changes(random, truth.Asks, centre + 1, down: false);
            if (random.Next(100) == 0) bids = [.. truth.Bids.Keys.Select(price => new BookLevel(price, 0))];

            Assert.Equal(0, book.Apply(bids, asks));
            truth.Apply(bids, asks);

            Assert.Equal((truth.BestBid, truth.BestAsk), (book.BestBid, book.BestAsk));
            if (update % 10 == 0) truth.AssertEqual(book, $"seed {seed}, update {update}");
        }
    }

    [Fact]
    public void Apply_Warm_AllocatesNothing()
    {
        var random = new Random(7);
        var book = new OrderBook(Tick);
        var truth = new PlainBook();
        var updates = Enumerable.Range(0, 500).Select(_ =>
        {
            var (bids, asks) = (
                Changes(random, truth.Bids, 9_000, down: true), Changes(random, truth.Asks, 9_001, down: false));
            truth.Apply(bids, asks);
            return (bids, asks);
        }).ToArray();
        for (var round = 0; round < 3; round++)
        {
            foreach (var (bids, asks) in updates) book.Apply(bids, asks);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var (bids, asks) in updates) book.Apply(bids, asks);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    /// <summary>Five hundred books are held in a small process: each as large as its levels, and none larger than the largest window.</summary>
    [Theory]
    [InlineData(0, 1, 11)]
    [InlineData(100, 1, 11)]
    [InlineData(100, 20, 17)]     // sparse: levels outside the window cost less than a larger one
    [InlineData(1_000, 1, 37)]
    [InlineData(7_000, 1, 145)]
    public void Bytes_OfABook_FitItsLevels(int levels, int ticksApart, int kilobytesMax)
    {
        var book = new OrderBook(Tick);
        var (bids, asks) = (Side(1_000_000, -ticksApart), Side(1_000_001, ticksApart));

        book.Load(bids, asks);

        Assert.InRange(book.Bytes, 0, kilobytesMax << 10);
        PlainBook.AssertEqual(book, bids, asks, "loaded");

        BookLevel[] Side(int first, int step) => [.. Enumerable.Range(0, levels).Select(i => At(first + (i * step), i + 1))];
    }

    [Fact]
    public void Apply_ManyLevelsBeyondTheSnapshot_TakesNoRoomForThem()
    {
        // given: a snapshot that knows a hundred levels a side
        var book = new OrderBook(Tick);
        BookLevel[] bids = [.. Enumerable.Range(0, 100).Select(i => At(100_000 - (i * 20), i + 1))];
        BookLevel[] asks = [.. Enumerable.Range(0, 100).Select(i => At(100_001 + (i * 20), i + 1))];
        book.Load(bids, asks, levelsMax: 100);

        // when: thousands of changes tell of levels beyond it, of which nobody knows the others
        for (var i = 1; i <= 5_000; i++) book.Apply([At(90_000 - i, 7)], [At(110_000 + i, 7)]);

        // then: what is known is whole, and the book has not grown by them
        Assert.InRange(book.Bytes, 0, 17 << 10);
        Assert.Equal((At(98_020, 1).Price, At(101_981, 1).Price), (book.BidsKnownFrom, book.AsksKnownTo));
        var known = new BookLevel[100];
        Assert.Equal(100, book.CopyBids(known));
        Assert.Equal(bids, known);
        Assert.Equal(100, book.CopyAsks(known));
        Assert.Equal(asks, known);
        Assert.Equal(0, book.Forgotten);
    }

    private static BookLevel At(long ticks, long quantity) => new(ticks * Tick, quantity);

    private static BookLevel BestBid(OrderBook book) => new(book.BestBid, book.BestBidQuantity);

    private static BookLevel BestAsk(OrderBook book) => new(book.BestAsk, book.BestAskQuantity);

    /// <summary>Mostly near the price, some far away; a third are removals of levels that stand.</summary>
    private static BookLevel[] Changes(Random random, SortedDictionary<long, long> side, int centre, bool down)
    {
        var standing = side.Count == 0 ? [] : side.Keys.ToArray();
        return [.. Enumerable.Range(0, random.Next(12)).Select(_ =>
        {
            if (standing.Length > 0 && random.Next(3) == 0)
                return new BookLevel(standing[random.Next(standing.Length)], 0);
            var distance = random.Next(4) == 0 ? random.Next(40_000) : random.Next(60);
            var ticks = Math.Max(1, down ? centre - distance : centre + distance);
            return At(ticks, random.Next(1, 1_000_000));
        })];
    }
}

using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Market;

/// <summary>What is read from a book, against the formulas of spec 2.4 worked by hand.</summary>
public sealed class BookFeaturesTests
{
    private const long Tick = FixedPoint.One / 100;
    private const long Start = 1_700_000_000_000;

    private readonly BookSync _sync = new(new(Tick), new());
    private long _now = Start;
    private long _id;

    private BookFeatures Features => _sync.FeaturesAt(_now);

    [Fact]
    public void Default_IsUnavailable_EveryFeatureNaN()
    {
        var none = default(BookFeatures);

        Assert.False(none.Available);
        Assert.All(
            [
                none.BestBid, none.BestAsk, none.Mid, none.Spread, none.SpreadFraction, none.Imbalance,
                none.ImbalanceMedian, none.Microprice, none.LevelImbalance(), none.BidDepth(10), none.AskDepth(10),
                none.OrderFlow(10),
            ],
            value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void Prices_OfABook_AreThoseOfItsBestLevels()
    {
        Open([At(100.00, 3), At(99.99, 5)], [At(100.02, 1), At(100.05, 2)]);

        Assert.Equal((100.00, 100.02), (Features.BestBid, Features.BestAsk));
        Assert.Equal(100.01, Features.Mid, 12);
        Assert.Equal(0.02, Features.Spread, 12);
        Assert.Equal(0.02 / 100.01, Features.SpreadFraction, 12);
        Assert.Equal(((100.00 * 1) + (100.02 * 3)) / 4, Features.Microprice, 12);   // more bids: nearer to the ask
    }

    [Fact]
    public void Imbalance_OfLevels_WeighsThemByTheirDistanceWithin50Bp()
    {
        // Middle 100.00. Distances in bp: bids 1, 10, 49.99; asks 1, 25. At 50.01 bp and beyond nothing counts.
        Open(
            [At(99.99, 2), At(99.90, 4), At(99.51, 100), At(99.49, 1_000_000), At(50, 1_000_000)],
            [At(100.01, 3), At(100.25, 7), At(100.51, 1_000_000)]);

        var bids = (2 * Math.Exp(-0.1)) + (4 * Math.Exp(-1.0)) + (100 * Math.Exp(-4.9));
        var asks = (3 * Math.Exp(-0.1)) + (7 * Math.Exp(-2.5));
        Assert.Equal((bids - asks) / (bids + asks), Features.Imbalance, 1e-12);
    }

    [Fact]
    public void Imbalance_BooksMirrored_AreOpposite()
    {
        Open([At(99.99, 2), At(99.90, 4)], [At(100.01, 3), At(100.25, 7)]);
        var imbalance = Features.Imbalance;

        _sync.Disconnected(_now);
        Open([At(99.99, 3), At(99.75, 7)], [At(100.01, 2), At(100.10, 4)]);

        Assert.Equal(-imbalance, Features.Imbalance, 12);
        Assert.InRange(imbalance, -1, 0);
    }

    [Fact]
    public void Imbalance_LevelsBelowTheWindow_CountWhereTheyAreNear()
    {
        // 50 bp of 10,000 are 5,000 ticks on this grid: a window of 8,192 reaches them, one that hangs lower must too.
        Open([At(10_000.00, 1), At(9_999.00, 1), At(9_960.00, 8)], [At(10_000.02, 1)]);
        Apply([At(10_000.00, 0), At(9_999.00, 0)], []);   // the best is now 4,000 ticks lower
        Apply([At(9_912.00, 50), At(9_700.00, 9_000)], [At(10_000.02, 0), At(9_960.02, 1)]);

        var far = 48.01 / 9_960.01 * 1e4;   // 48.2 bp, and 4,801 ticks
        var bids = (8 * Math.Exp(-0.01 / 9_960.01 * 1e3)) + (50 * Math.Exp(-far / 10));
        var asks = Math.Exp(-0.01 / 9_960.01 * 1e3);
        Assert.Equal((bids - asks) / (bids + asks), Features.Imbalance, 1e-12);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Imbalance_OfAnyBook_IsTheWeightedSumOverItsLevels(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 100; round++)
        {
            var price = Math.Exp(random.NextDouble() * 11);   // a tick from 50 bp to nothing
            var spread = random.Next(3) switch { 0 => 0.0003, 1 => 0.005, _ => 0.05 };
            BookLevel[] Side(int sign) => [.. Enumerable.Range(0, random.Next(1, 90)).Select(_ => At(
                Math.Max(0.01, price + (sign * ((random.NextDouble() * spread * price) + 0.01))), random.Next(1, 1_000)))];
            _sync.Disconnected(_now);
            Open(Side(-1), Side(1));
            if (!Features.Available) continue;   // at the lowest prices both sides stand on one tick

            var (bids, asks) = (new BookLevel[100], new BookLevel[100]);
            var (bidCount, askCount) = (_sync.Book.CopyBids(bids), _sync.Book.CopyAsks(asks));
            var mid = (bids[0].Price + asks[0].Price) / 2.0;
            double Sum(IEnumerable<BookLevel> levels) => levels
                .Select(level => (Bp: Math.Abs(level.Price - mid) / mid * 1e4, level.Quantity))
                .Where(level => level.Bp <= 50)
                .Sum(level => level.Quantity * Math.Exp(-level.Bp / 10));
            var (b, a) = (Sum(bids[..bidCount]), Sum(asks[..askCount]));
            var expected = (b - a) / (b + a);
            Assert.True(
                double.IsNaN(expected) ? double.IsNaN(Features.Imbalance) : Math.Abs(expected - Features.Imbalance) < 1e-10,
                $"seed {seed}, round {round}: {Features.Imbalance} instead of {expected} at {price}");
        }
    }

    [Fact]
    public void LevelImbalance_CountsLevelsNotDistance()
    {
        var bids = Enumerable.Range(0, 30).Select(i => At(100 - (i * 0.07), 1 + i)).ToArray();
        var asks = Enumerable.Range(0, 5).Select(i => At(100.01 + (i * 3), 2)).ToArray();
        Open(bids, asks);

        Assert.Equal((210.0 - 10) / 220, Features.LevelImbalance(20), 12);    // 1 + … + 20 against all five asks
        Assert.Equal((1.0 - 2) / 3, Features.LevelImbalance(1), 12);
        Assert.Equal((465.0 - 10) / 475, Features.LevelImbalance(1_000), 12);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void LevelImbalance_OfAnyBook_IsTheSumOverItsBestLevels(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var spread = random.Next(3) switch { 0 => 60, 1 => 3_000, _ => 30_000 };
            BookLevel[] Side(int sign) => [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ =>
                At(1_000 + (sign * (1 + random.Next(spread)) * 0.01), random.Next(1, 1_000)))];
            _sync.Disconnected(_now);
            Open(Side(-1), Side(1));

            var (bids, asks) = (new BookLevel[20], new BookLevel[20]);
            var bidSum = bids.AsSpan(0, _sync.Book.CopyBids(bids)).ToArray().Sum(level => (double)level.Quantity);
            var askSum = asks.AsSpan(0, _sync.Book.CopyAsks(asks)).ToArray().Sum(level => (double)level.Quantity);
            var expected = (bidSum - askSum) / (bidSum + askSum);
            Assert.True(Math.Abs(expected - Features.LevelImbalance()) < 1e-12, $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public void Depth_WithinADistance_IsTheSumOfItsLevels()
    {
        Open([At(99.99, 2), At(99.90, 4), At(99, 8), At(10, 16)], [At(100.01, 3), At(100.25, 7)]);   // middle 100

        Assert.Equal((0, 2, 6, 14, 30), (
            Features.BidDepth(0.5), Features.BidDepth(1.5), Features.BidDepth(10), Features.BidDepth(200),
            Features.BidDepth(9_999)));
        Assert.Equal((3, 3, 10), (Features.AskDepth(1.5), Features.AskDepth(24), Features.AskDepth(26)));
    }

    [Fact]
    public void OrderFlow_OfEvents_IsTheSumOfTheirParts()
    {
        Open([At(100.00, 10)], [At(100.02, 20)]);

        // Bid quantity 10 → 14: +14 − 10 = +4. Ask 20 → 20: −20 + 20 = 0. Depth (14 + 20) / 2 = 17.
        Apply([At(100.00, 14)], []);
        // Bid rises to 100.01 with 3: +3. Depth (3 + 20) / 2 = 11.5.
        Apply([At(100.01, 3)], []);
        // Ask falls to 100.015? Not on the grid; it rises to 100.03 with 5: + 20. Depth (3 + 5) / 2 = 4.
        Apply([], [At(100.02, 0), At(100.03, 5)]);
        // Bid falls back to 100.00 with 14: −3. Depth (14 + 5) / 2 = 9.5.
        Apply([At(100.01, 0)], []);

        // The update that opened the book has no state before it to compare with: it adds its depth of 15 alone.
        var meanDepth = (15 + 17 + 11.5 + 4 + 9.5) / 5;
        Assert.Equal((4 + 3 + 20 - 3) / meanDepth, Features.OrderFlow(10), 12);
    }

    [Fact]
    public void OrderFlow_OfASpan_ForgetsWhatIsOlder()
    {
        Open([At(100.00, 10)], [At(100.02, 10)]);
        for (var second = 0; second < 70; second++)
        {
            _now += 1_000;
            Apply([At(100.00, 10 + ((second + 1) % 2))], []);   // +1, −1, +1, …
        }

        _now += 1_000;
        Apply([At(100.00, 40)], []);   // +30
        Assert.Equal(30 / 25.0, Features.OrderFlow(1), 12);
        Assert.Equal((30 - 1) / ((25 + 10) / 2.0), Features.OrderFlow(2), 12);

        // Of the 70 alternating seconds before, the last 59: 29 with 11 bids, +1, and 30 with 10, −1.
        var meanDepth = (25 + (29 * 10.5) + (30 * 10)) / 60;
        Assert.Equal((30 + 29 - 30) / meanDepth, Features.OrderFlow(60), 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => Features.OrderFlow(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Features.OrderFlow(61));
    }

    [Fact]
    public void ImbalanceMedian_OfTheSamples_IsTheBookAtTheEndOfEachSecond()
    {
        Open([At(99.99, 1)], [At(100.01, 1)]);
        Assert.True(double.IsNaN(Features.ImbalanceMedian));

        // Seconds 1 to 20 end with bids of 1 to 20: the samples are (q − 1) / (q + 1).
        for (var second = 1; second <= 20; second++)
        {
            _now = Start + (second * 1_000) - 600;
            Apply([At(99.99, 1_000)], []);   // within the second: no sample
            _now += 300;
            Apply([At(99.99, second)], []);
            Assert.Equal(second - 1 >= 15, !double.IsNaN(Features.ImbalanceMedian));
        }

        _now = Start + 20_100;
        Apply([At(99.99, 77)], []);
        Assert.Equal(((9 / 11.0) + (10 / 12.0)) / 2, Features.ImbalanceMedian, 12);

        // Another second, another sample of 76 / 78, and the first one leaves.
        _now = Start + 21_000;
        Apply([At(99.99, 1)], []);
        Assert.Equal(((10 / 12.0) + (11 / 13.0)) / 2, Features.ImbalanceMedian, 12);
    }

    [Fact]
    public void ImbalanceMedian_SilentSeconds_AreUnavailableAndNotRepeated()
    {
        var sync = new BookSync(new(Tick), new() { StaleAfterMs = null });
        OpenOn(sync, [At(99.99, 3)], [At(100.01, 1)]);
        void Step(int ms)
        {
            _now += ms;
            sync.OnUpdate(_now, _id + 1, _id + 10, _id, [At(99.99, 3)], [], _now);
            _id += 10;
        }

        for (var second = 0; second < 20; second++) Step(1_000);
        Assert.Equal(0.5, sync.FeaturesAt(_now).ImbalanceMedian, 12);

        Step(8_000);   // two ends of seconds were young enough, six were not: 14 samples are left of 20
        Assert.True(double.IsNaN(sync.FeaturesAt(_now).ImbalanceMedian));

        Step(1_000);
        Assert.True(double.IsNaN(sync.FeaturesAt(_now).ImbalanceMedian));
        for (var second = 0; second < 13; second++) Step(1_000);   // for each new sample an old one leaves
        Assert.True(double.IsNaN(sync.FeaturesAt(_now).ImbalanceMedian));
        Step(1_000);   // and now the first of the six
        Assert.Equal(0.5, sync.FeaturesAt(_now).ImbalanceMedian, 12);
    }

    [Fact]
    public void Samples_OfALostBook_AreForgotten()
    {
        Open([At(99.99, 3)], [At(100.01, 1)]);
        for (var second = 0; second < 20; second++)
        {
            _now += 1_000;
            Apply([At(99.99, 3)], []);
        }

        Assert.Equal(0.5, Features.ImbalanceMedian, 12);
        _sync.Disconnected(_now);
        Open([At(99.99, 3)], [At(100.01, 1)]);

        Assert.True(Features.Available);
        Assert.True(double.IsNaN(Features.ImbalanceMedian));
        Assert.Equal(0, Features.OrderFlow(60));
    }

    [Theory, InlineData(3_600_000), InlineData(-3_600_000)]
    public void Samples_AfterAJumpOfTheExchangesTime_BeginAnew(long jumpMs)
    {
        var sync = new BookSync(new(Tick), new() { StaleAfterMs = null, EventsFollowWallTime = false });
        OpenOn(sync, [At(99.99, 3)], [At(100.01, 1)]);
        var time = Start;
        void Step(long ms)
        {
            time += ms;
            sync.OnUpdate(time, _id + 1, _id + 10, _id, [At(99.99, 3)], [], _now);
            _id += 10;
        }

        for (var second = 0; second < 20; second++) Step(1_000);
        Step(jumpMs);
        Assert.True(double.IsNaN(sync.FeaturesAt(_now).ImbalanceMedian));

        for (var second = 0; second < 15; second++) Step(1_000);
        Assert.Equal(0.5, sync.FeaturesAt(_now).ImbalanceMedian, 12);
    }

    [Fact]
    public void Features_WithOneSideEmpty_AreUnavailable()
    {
        Open([At(100.00, 3)], [At(100.02, 1)]);

        Apply([], [At(100.02, 0)]);

        Assert.Equal(BookTrust.Synced, _sync.Trust);
        Assert.False(Features.Available);
        Assert.True(double.IsNaN(Features.Imbalance));
    }

    [Fact]
    public void Features_Read_AllocateNothing()
    {
        Open([At(99.99, 2), At(99.90, 4)], [At(100.01, 3), At(100.25, 7)]);
        var sum = Read();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) sum += Read();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.False(double.IsInfinity(sum));
    }

    private static BookLevel At(double price, double quantity) =>
        new((long)Math.Round(price * 100) * Tick, (long)Math.Round(quantity * FixedPoint.One));

    private double Read()
    {
        var features = Features;
        return features.Imbalance + features.LevelImbalance() + features.BidDepth(10) + features.AskDepth(10)
            + features.OrderFlow(30) + features.Microprice + features.ImbalanceMedian;
    }

    private void Open(BookLevel[] bids, BookLevel[] asks) => OpenOn(_sync, bids, asks);

    private void OpenOn(BookSync sync, BookLevel[] bids, BookLevel[] asks)
    {
        sync.Connected(_now);
        sync.OnUpdate(_now, _id + 1, _id + 10, _id, [], [], _now);
        sync.SnapshotRequested(_now);
        Assert.Equal(BookOutcome.Applied, sync.OnSnapshot(_id + 5, bids, asks, _now));
        _id += 10;
    }

    private void Apply(BookLevel[] bids, BookLevel[] asks)
    {
        Assert.Equal(BookOutcome.Applied, _sync.OnUpdate(_now, _id + 1, _id + 10, _id, bids, asks, _now));
        _id += 10;
    }
}

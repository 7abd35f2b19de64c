using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Market;

/// <summary>
/// Snapshots that hold a few levels only, and updates by two lines that lose and delay on their own: whatever a book in
/// step says to know is the exchange's, and what it does not know it does not say.
/// </summary>
public sealed class BookReachPropertyTests
{
    private const int StepMs = 100;

    public static TheoryData<int> Seeds => new(Enumerable.Range(100, 10));

    [Theory, MemberData(nameof(Seeds))]
    public void Known_WithShallowSnapshots_IsTheExchanges(int seed)
    {
        var run = new Run(new(seed));
        for (var step = 0; step < 400; step++) run.Step($"seed {seed}, step {step}");
        Assert.True(run.Compared > 0, $"seed {seed}: never in step");
    }

    [Fact]
    public void Runs_OfTheSeeds_MendReachFurtherAndRunOut()
    {
        var (mended, refreshes, ranOut, gaps, withheld, told) = (0L, 0, 0, 0L, 0, 0);
        for (var seed = 100; seed < 112; seed++)
        {
            var run = new Run(new(seed));
            for (var step = 0; step < 400; step++) run.Step("");
            (mended, refreshes, ranOut, gaps) =
                (mended + run.Sync.Mended, refreshes + run.Sync.Refreshes, ranOut + run.Sync.RanOut, gaps + run.Sync.Gaps);
            (withheld, told) = (withheld + run.Withheld, told + run.Told);
        }

        Assert.All([mended, refreshes, ranOut, gaps, withheld, told], count => Assert.True(count > 0, "something never happened"));
    }

    /// <summary>One book, its exchange, and two bad lines between them.</summary>
    private sealed class Run
    {
        private readonly Random _random;
        private readonly DepthExchange _exchange;
        private readonly List<(long DueMs, DepthExchange.Update Update)> _line = [];
        private long _now = 1_700_000_000_000;
        private (long DueMs, int UpdatesAgo, int Levels)? _snapshot;

        public Run(Random random)
        {
            (_random, _exchange) = (random, new(random));
            Sync = new(new(DepthExchange.Tick), new() { CoolDownMs = 1_000, RefreshPauseMs = 1_500, GapPatienceMs = 700 });
            Sync.Connected(_now);
        }

        public BookSync Sync { get; }

        public int Compared { get; private set; }

        public int Withheld { get; private set; }

        public int Told { get; private set; }

        public void Step(string when)
        {
            _now += StepMs;
            var update = _exchange.Next(_now);
            for (var line = 0; line < 2; line++)
            {
                if (_random.Next(25) == 0) continue;
                _line.Add((_now + (_random.Next(10) == 0 ? _random.Next(600) : 0), update));
            }

            foreach (var (_, sent) in _line.Where(sent => sent.DueMs <= _now).OrderBy(sent => sent.DueMs).ToArray())
                Sync.OnUpdate(sent.EventMs, sent.FirstId, sent.FinalId, sent.PreviousFinalId, sent.Bids, sent.Asks, _now);
            _line.RemoveAll(sent => sent.DueMs <= _now);
            Fetch();
            if (Sync.Trust == BookTrust.Synced) AssertKnown(when);
        }

        private void Fetch()
        {
            if (_snapshot is { } due && _now >= due.DueMs)
            {
                _snapshot = null;
                var (id, bids, asks) = _exchange.Snapshot(due.UpdatesAgo);
                Sync.OnSnapshot(id, [.. bids.Take(due.Levels)], [.. asks.Take(due.Levels)], _now, due.Levels);
            }

            if (!Sync.WantsSnapshot(_now)) return;
            Assert.Contains(Sync.SnapshotLevels, (int[])[100, 500, 1000]);
            Sync.SnapshotRequested(_now);
            _snapshot = (_now + _random.Next(500), _random.Next(3), _random.Next(3) == 0 ? 500 : _random.Next(3, 12));
        }

        private void AssertKnown(string when)
        {
            Compared++;
            var (bids, asks) = _exchange.At(Sync.LastUpdateId);
            var book = Sync.Book;
            Assert.True(book.BestBid == bids.FirstOrDefault().Price && book.BestAsk == asks.FirstOrDefault().Price, $"{when}: best prices");
            var (heldBids, heldAsks) = (new BookLevel[book.BidLevels], new BookLevel[book.AskLevels]);
            book.CopyBids(heldBids);
            book.CopyAsks(heldAsks);
            Assert.Equal(bids.Where(level => level.Price >= book.BidsKnownFrom), heldBids.Where(level => level.Price >= book.BidsKnownFrom));
            Assert.Equal(asks.Where(level => level.Price <= book.AsksKnownTo), heldAsks.Where(level => level.Price <= book.AsksKnownTo));

            var features = Sync.FeaturesAt(_now);
            if (!features.Available) return;
            AssertFeature(features.LevelImbalance(5), LevelImbalance(bids, asks, 5), when);
            AssertFeature(features.BidDepth(30), Depth(bids, features.Mid, 30), when);
            AssertFeature(features.AskDepth(30), Depth(asks, features.Mid, 30), when);
            AssertFeature(features.Imbalance, Weighted(bids, asks, features.Mid, Math.Min(50, Sync.ReachBp)), when);
        }

        // Unavailable is always allowed; a number must be the exchange's.
        private void AssertFeature(double told, double truth, string when)
        {
            if (double.IsNaN(told))
            {
                Withheld++;
                return;
            }

            Told++;
            Assert.True(Math.Abs(told - truth) <= 1e-9 * Math.Max(1, Math.Abs(truth)), $"{when}: told {told}, truth {truth}");
        }

        private static double LevelImbalance(BookLevel[] bids, BookLevel[] asks, int levels)
        {
            var (bid, ask) = (bids.Take(levels).Sum(level => (double)level.Quantity), asks.Take(levels).Sum(level => (double)level.Quantity));
            return (bid - ask) / (bid + ask);
        }

        private static double Depth(BookLevel[] levels, double mid, double withinBp) => levels
            .Where(level => Math.Abs(FixedPoint.ToDouble(level.Price) - mid) <= mid * withinBp / 10_000)
            .Sum(level => FixedPoint.ToDouble(level.Quantity));

        private static double Weighted(BookLevel[] bids, BookLevel[] asks, double mid, double reachBp)
        {
            var (bid, ask) = (Sum(bids), Sum(asks));
            return (bid - ask) / (bid + ask);

            double Sum(BookLevel[] levels) => levels
                .Select(level => (Level: level, Bp: Math.Abs(FixedPoint.ToDouble(level.Price) - mid) / mid * 10_000))
                .Where(level => level.Bp <= reachBp + 1e-9)
                .Sum(level => level.Level.Quantity * Math.Exp(-level.Bp / 10));
        }
    }
}

using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Market;

/// <summary>
/// A stream and a snapshot source that lose, double, reorder and delay, against the exchange's own book: what is shown
/// as synced is the exchange's book at that update id, and once the faults end every book comes back.
/// </summary>
public sealed class BookSyncPropertyTests
{
    private const int StepMs = 100;

    public static TheoryData<int> Seeds => new(Enumerable.Range(0, 36));

    [Theory, MemberData(nameof(Seeds))]
    public void Synced_UnderAnyFaults_IsTheExchangesBookAndComesBack(int seed)
    {
        var random = new Random(seed);
        var run = new Run(random, faults: 1 + (seed % 7 * 3));
        for (var step = 0; step < 400; step++)
        {
            run.Step(faulty: true);
            run.AssertTrue($"seed {seed}, step {step}");
        }

        // The longest cool-down is 32 minutes and the longest wait between snapshots one.
        run.Heal();
        var steps = 0;
        do
        {
            run.Step(faulty: false);
            run.AssertTrue($"seed {seed}, healing step {steps}");
            Assert.True(
                ++steps < 34 * 60_000 / StepMs, $"seed {seed}: {run.Sync.Trust} for 34 minutes without faults");
        }
        while (run.Sync.Trust != BookTrust.Synced);

        for (var step = 0; step < 50; step++)
        {
            run.Step(faulty: false);
            Assert.Equal(BookTrust.Synced, run.Sync.Trust);
            run.AssertTrue($"seed {seed}, healed step {step}");
        }

        Assert.True(run.SyncedSteps > 0, $"seed {seed}: never in step");
    }

    [Fact]
    public void Faults_OfTheSeeds_LeadToEveryKindOfTrouble()
    {
        var trusts = new HashSet<BookTrust>();
        var (gaps, old, tooOld, failed, displaced) = (0L, 0L, 0L, 0L, 0L);
        for (var seed = 0; seed < 24; seed++)
        {
            var run = new Run(new(seed), faults: 1 + (seed % 7 * 3));
            for (var step = 0; step < 400; step++)
            {
                run.Step(faulty: true);
                trusts.Add(run.Sync.Trust);
            }

            gaps += run.Sync.Gaps;
            old += run.Sync.OldUpdates;
            tooOld += run.Sync.SnapshotsTooOld;
            failed += run.Sync.SnapshotsFailed;
            displaced += run.Sync.Displaced;
        }

        Assert.Equal(
            [.. Enum.GetValues<BookTrust>().Where(trust => trust != BookTrust.Crossed)], trusts.Order().ToArray());
        Assert.All([gaps, old, tooOld, failed, displaced], count => Assert.True(count > 10, $"only {count}"));
    }

    /// <summary>One book, its exchange, and the bad line between them.</summary>
    private sealed class Run(Random random, int faults)
    {
        private readonly DepthExchange _exchange = new(random);
        private readonly List<(long DueMs, DepthExchange.Update Update)> _line = [];
        private long _now = 1_700_000_000_000;
        private long _reconnectMs;
        private long _silentUntilMs;
        private (long DueMs, int UpdatesAgo, bool Fails)? _snapshot;

        public BookSync Sync { get; } = new(
            new(DepthExchange.Tick), new() { BufferUpdatesMax = 12, BufferLevelsMax = 400, CoolDownMs = 2_000 });

        public int SyncedSteps { get; private set; }

        public void Step(bool faulty)
        {
            _now += StepMs;
            if (Sync.Trust == BookTrust.Disconnected && _now >= _reconnectMs) Sync.Connected(_now);
            var update = _exchange.Next(_now);
            if (Sync.Trust != BookTrust.Disconnected) Send(update, faulty);

            Deliver();
            if (faulty && Sync.Trust != BookTrust.Disconnected && Fault(400)) Disconnect();
            Fetch(faulty);
            if (Sync.Trust == BookTrust.Synced) SyncedSteps++;
        }

        public void Heal()
        {
            _line.Clear();
            _snapshot = null;
            if (Sync.SnapshotInFlight) Sync.OnSnapshotFailed(_now);
            _silentUntilMs = 0;
        }

        public void AssertTrue(string when)
        {
            Sync.Tick(_now);
            var features = Sync.FeaturesAt(_now);
            if (Sync.Trust != BookTrust.Synced)
            {
                Assert.False(features.Available, $"{when}: features of a book that is {Sync.Trust}");
                Assert.True(double.IsNaN(features.BestBid + features.LevelImbalance() + features.Imbalance), when);
                return;
            }

            var (bids, asks) = _exchange.At(Sync.LastUpdateId);
            PlainBook.AssertEqual(Sync.Book, bids, asks, when);
            Assert.True(Sync.AgeMs(_now) <= 3_000, $"{when}: synced and {Sync.AgeMs(_now)} ms old");
            if (features.Available) Assert.True(Sync.AgeMs(_now) <= 2_000, $"{when}: features too old");
        }

        private void Send(DepthExchange.Update update, bool faulty)
        {
            if (_now < _silentUntilMs) return;
            if (faulty && Fault(300)) _silentUntilMs = _now + random.Next(8_000);
            if (faulty && Fault(60)) return;                                                   // lost
            var delay = faulty && Fault(60) ? random.Next(3_500) : 0;                         // late, overtaken by others
            _line.Add((_now + delay, update));
            if (faulty && Fault(30)) _line.Add((_now + delay + random.Next(500), update));    // doubled
        }

        private void Deliver()
        {
            foreach (var (_, update) in _line.Where(sent => sent.DueMs <= _now).OrderBy(sent => sent.DueMs).ToArray())
            {
                Sync.OnUpdate(
                    update.EventMs, update.FirstId, update.FinalId, update.PreviousFinalId, update.Bids, update.Asks,
                    _now);
            }

            _line.RemoveAll(sent => sent.DueMs <= _now);
        }

        private void Disconnect()
        {
            Sync.Disconnected(_now);
            _line.Clear();
            _reconnectMs = _now + random.Next(3_000);
        }

        private void Fetch(bool faulty)
        {
            if (_snapshot is { } due && _now >= due.DueMs)
            {
                _snapshot = null;
                var (id, bids, asks) = _exchange.Snapshot(due.UpdatesAgo);
                if (due.Fails) Sync.OnSnapshotFailed(_now);
                else Sync.OnSnapshot(id, bids, asks, _now);
            }

            if (!Sync.WantsSnapshot(_now)) return;
            Sync.SnapshotRequested(_now);
            var late = faulty ? random.Next(2_000) : random.Next(200);
            var updatesAgo = random.Next(random.Next(2) == 0 ? 4 : 40);   // out of a cache
            _snapshot = (_now + late, faulty && Fault(4) ? updatesAgo : 0, faulty && Fault(8));
        }

        /// <summary>More faults make each kind likelier.</summary>
        private bool Fault(int oneIn) => random.Next(oneIn) < faults / 4.0;
    }
}

using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Tracking;
using Xunit;

namespace FuturesBot.Engine.Tests.Sharding;

/// <summary>The kernel over numbered batches, against the same market in one process.</summary>
public sealed class ShardRunnerTests
{
    private const int Days = 5;

    private static readonly Lazy<Task<(byte[] Ledger, IReadOnlyList<SummaryOrder> Summaries)>> OneProcess = new(() => ShardRun.InOneProcessAsync(Days, CancellationToken.None));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TakeAsync_BatchesWithTheMinutesOfWatchedSymbols_WritesTheLedgerOfOneProcess()
    {
        using var run = new ShardRun();
        using var runner = run.Start();
        await runner.OpenAsync(Cancel);

        foreach (var closing in ShardRun.From(Days))
        {
            if (ShardRun.Whole(closing, symbol => IsWatched(runner, symbol)) is not { } whole) continue;
            foreach (var batch in run.Log.Publish(whole)) Assert.Equal(1, (await runner.TakeAsync(batch, Cancel)).Taken);
        }

        Assert.Equal((await OneProcess.Value).Ledger, run.Ledger);
        AssertSameRoots((await OneProcess.Value).Summaries, run.Summaries);
        Assert.NotEmpty(run.Told.Started);
        AssertToldOnceAndInOrder(run);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task TakeAsync_KillsDoublesAndSwaps_EndsAsIfNothingHadHappened(int seed)
    {
        var random = new Random(seed);
        using var run = new ShardRun();
        var runner = run.Start();
        await runner.OpenAsync(Cancel);
        var queue = new List<MarketBatch>();

        foreach (var closing in ShardRun.From(Days))
        {
            if (ShardRun.Whole(closing, _ => true) is not { } whole) continue;
            queue.AddRange(run.Log.Publish(whole));
            if (random.Next(4) > 0) continue;
            for (var tries = 0; tries < 3 && queue.Count > 0; tries++)
            {
                var at = random.Next(queue.Count);
                var batch = queue[at];
                if (random.Next(60) == 0) run.Told.Faults = 1;
                try
                {
                    await runner.TakeAsync(batch, Cancel);
                    if (random.Next(5) > 0) queue.RemoveAt(at);   // else it comes once more
                }
                catch (IOException)
                {
                    // The message stays, and comes again.
                }

                if (random.Next(40) > 0) continue;
                runner.Dispose();
                runner = run.Start();
            }
        }

        await runner.CatchUpAsync(Cancel);
        runner.Dispose();

        Assert.Equal((await OneProcess.Value).Ledger, run.Ledger);
        AssertSameRoots((await OneProcess.Value).Summaries, run.Summaries);
        AssertToldOnceAndInOrder(run);
    }

    [Fact]
    public async Task TakeAsync_BatchesThatAreNoLongerKept_GoesOnFromStoredCandles()
    {
        using var run = new ShardRun();
        using var undisturbed = new ShardRun();
        using (var runner = undisturbed.Start())
        {
            await runner.OpenAsync(Cancel);
            foreach (var closing in ShardRun.From(Days)) await TakeAllAsync(undisturbed, runner, closing);
        }

        var closings = ShardRun.From(Days).ToArray();
        using (var runner = run.Start())
        {
            await runner.OpenAsync(Cancel);
            foreach (var closing in closings.Take(closings.Length / 3)) await TakeAllAsync(run, runner, closing);
        }

        var lost = 0L;
        foreach (var closing in closings.Skip(closings.Length / 3).Take(closings.Length / 3))
        {
            if (ShardRun.Whole(closing, _ => false) is { } whole) lost = run.Log.Publish(whole)[^1].Number;
        }

        run.Fill(closings[^1].CloseMs);
        run.Log.Forget(lost);
        using var later = run.Start();
        foreach (var closing in closings.Skip(closings.Length / 3 * 2)) await TakeAllAsync(run, later, closing);

        var (from, to) = Assert.Single(run.Heard.Bridges);
        Assert.Equal(lost, to);
        Assert.True(from < to);
        Assert.Equal(undisturbed.Ledger, run.Ledger);

        static async Task TakeAllAsync(ShardRun run, ShardRunner runner, TestKit.ClosedBatch closing)
        {
            if (ShardRun.Whole(closing, _ => false) is not { } whole) return;
            foreach (var batch in run.Log.Publish(whole)) await runner.TakeAsync(batch, Cancel);
        }
    }

    [Fact]
    public async Task OpenAsync_KernelOfAnotherVersion_IsBuiltAnewWithOpenSignalsAndBalance()
    {
        using var run = new ShardRun();
        decimal equity;
        string[] open;
        var closings = ShardRun.From(Days).ToArray();
        var at = 0;
        using (var runner = run.Start())
        {
            await runner.OpenAsync(Cancel);
            while (at < closings.Length && (at < closings.Length / 2 || !runner.Runner!.Pipeline.Desks.Any(desk => desk.Live.Count > 0)))
                await TakeAsync(run, runner, closings[at++]);
            (equity, open) = (runner.Runner!.Pipeline.Account.Equity, OpenOf(runner));
        }

        run.Fill(closings[at - 1].CloseMs);
        await run.Store.CommitAsync(new() { Snapshots = [new("kernel", 1, 0, new byte[] { 1, 2, 3 })] }, Cancel);
        using var again = run.Start();
        await again.OpenAsync(Cancel);

        Assert.NotEmpty(open);
        Assert.NotNull(run.Heard.Openings[^1].Why);
        Assert.Equal((equity, at), (again.Runner!.Pipeline.Account.Equity, at));
        Assert.Equal(open, OpenOf(again));
        Assert.Contains($"\"kind\":\"{LedgerKind.Rebuilt}\"", System.Text.Encoding.UTF8.GetString(run.Ledger), StringComparison.Ordinal);
        foreach (var closing in closings.Skip(at)) await TakeAsync(run, again, closing);
        using var ledger = new MemoryStream(run.Ledger);
        Assert.True(LedgerVerifier.Verify(ledger, expectFooter: false).IsWhole);
        AssertToldOnceAndInOrder(run);

        static string[] OpenOf(ShardRunner runner) =>
            [.. runner.Runner!.Pipeline.Desks.SelectMany(desk => desk.Live).Select(tracker => tracker.Plan.Id.Value).Order(StringComparer.Ordinal)];

        static async Task TakeAsync(ShardRun run, ShardRunner runner, TestKit.ClosedBatch closing)
        {
            if (ShardRun.Whole(closing, symbol => IsWatched(runner, symbol)) is not { } whole) return;
            foreach (var batch in run.Log.Publish(whole)) await runner.TakeAsync(batch, Cancel);
        }
    }

    [Fact]
    public async Task TakeAsync_StoreOfAnother_ThrowsAndGoesOnFromWhatIsStored()
    {
        using var run = new ShardRun();
        using var runner = run.Start();
        await runner.OpenAsync(Cancel);
        var batches = ShardRun.From(1).Select(closing => ShardRun.Whole(closing, _ => false)).OfType<MarketBatch>().SelectMany(run.Log.Publish).ToArray();
        await runner.TakeAsync(batches[0], Cancel);
        run.Store.Fault = new StoreConflictException("another was faster");

        await Assert.ThrowsAsync<StoreConflictException>(() => runner.TakeAsync(batches[1], Cancel));
        run.Store.Fault = null;
        var outcome = await runner.TakeAsync(batches[2], Cancel);

        Assert.Equal((3, 2), (outcome.Number, outcome.Taken));
        Assert.True((await runner.TakeAsync(batches[1], Cancel)).IsRepeat);
    }

    [Fact]
    public async Task TakeAsync_BatchOfAnotherShardOrOfNoneThatWasBegun_IsRefused()
    {
        using var run = new ShardRun();
        using var runner = run.Start();
        var batch = new MarketBatch { Shard = "other", Number = 1, CloseMs = ShardRun.LiveMs };

        var foreign = await Assert.ThrowsAsync<InvalidDataException>(() => runner.TakeAsync(batch, Cancel));
        run.Log.Begin(null!);
        var early = await Assert.ThrowsAsync<InvalidDataException>(() => runner.TakeAsync(batch with { Shard = "main" }, Cancel));

        Assert.Contains("'other'", foreign.Message, StringComparison.Ordinal);
        Assert.Contains("not begun", early.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakeAsync_HaltAnswersAndCrossings_ReachKernelListenerAndOrchestration()
    {
        using var run = new ShardRun();
        using var runner = run.Start();
        await runner.OpenAsync(Cancel);
        var closings = ShardRun.From(1).ToArray();
        var whole = closings.Select(closing => ShardRun.Whole(closing, _ => false)).First(batch => batch is not null)! with
        {
            Halt = new(new(ShardRun.LiveMs, "chat")),
            Answers = [new("c1", CommandOutcome.Done, "refreshed", 5)],
            Crossings = [new("s1", Symbol.Btc, "stop", 10, 9.5m, ShardRun.LiveMs + 7)],
        };

        await runner.TakeAsync(run.Log.Publish(whole)[0], Cancel);

        Assert.True(runner.Runner!.Pipeline.EntriesHalted);
        Assert.Equal(whole.Answers, run.Heard.Answers);
        var (signal, crossed) = Assert.Single(run.Told.Raised);
        Assert.Equal(("s1", new TrackingEvent.Crossed("s1-stop-10-crossed", ShardRun.LiveMs + 7, "stop", 10, 9.5m)), (signal, crossed));
    }

    [Fact]
    public async Task TakeAsync_ACrossingBetweenClosings_IsToldWithoutACommitAndAgainByWhoeverOpensTheStateBeforeTheNext()
    {
        using var run = new ShardRun();
        var runner = run.Start();
        await runner.OpenAsync(Cancel);
        var closings = ShardRun.From(1).Select(closing => ShardRun.Whole(closing, _ => false)).OfType<MarketBatch>().Take(2).ToArray();
        await runner.TakeAsync(run.Log.Publish(closings[0])[0], Cancel);
        var (commits, ledger) = (runner.Runner!.Commits, run.Ledger);
        var crossing = new MarketBatch
        {
            Shard = "main",
            Number = 0,
            CloseMs = closings[0].CloseMs,
            Crossings = [new("s1", Symbol.Btc, "stop", 10, 9.5m, closings[0].CloseMs + 7)],
        };
        var published = run.Log.Publish(crossing)[0];

        await runner.TakeAsync(published, Cancel);
        await runner.TakeAsync(published, Cancel);   // a double

        var told = Assert.Single(Crossings());
        Assert.Equal((2L, commits), (runner.Number, runner.Runner!.Commits));
        Assert.Equal(ledger, run.Ledger);

        runner.Dispose();
        using var next = run.Start();
        run.Told.Faults = 1;
        await Assert.ThrowsAsync<IOException>(() => next.TakeAsync(run.Log.Publish(closings[1])[0], Cancel));   // told again, to nobody: so it comes again
        await next.CatchUpAsync(Cancel);
        Assert.Equal(3L, next.Number);
        Assert.Equal([told, told], Crossings());   // under one id, by which an orchestration knows it

        using var last = run.Start();
        await last.OpenAsync(Cancel);
        Assert.Equal((3L, 2), (last.Number, Crossings().Count()));   // behind a commit it is not told any more

        IEnumerable<TrackingEvent> Crossings() => run.Told.Raised.Where(raised => raised.SignalId == "s1").Select(raised => raised.Event);
    }

    private static bool IsWatched(ShardRunner runner, Symbol symbol) => runner.Runner!.Pipeline.Desk(symbol).Live.Count > 0;

    /// <summary>Each signal heard of every version; a repeat of what it knew is harmless, a hole is not.</summary>
    /// <summary>Days and weeks are told with the root that their ledger has, whoever has decided.</summary>
    private static void AssertSameRoots(IReadOnlyList<SummaryOrder> expected, IReadOnlyList<SummaryOrder> actual)
    {
        Assert.Equal(expected.Select(order => (order.EffectId, order.Due, order.Ledger?.Root)), actual.Select(order => (order.EffectId, order.Due, order.Ledger?.Root)));
        Assert.True(actual.Count >= Days, $"only {actual.Count} summaries");
        Assert.Null(actual[0].Ledger!.Root);   // the first UTC day was not over
        Assert.Equal(Days - 1, actual.Select(order => order.Ledger!.Root).OfType<DayRoot>().Distinct().Count());
    }

    private static void AssertToldOnceAndInOrder(ShardRun run)
    {
        foreach (var signal in run.Told.Raised.GroupBy(told => told.SignalId, StringComparer.Ordinal))
        {
            var known = 0L;
            foreach (var moved in signal.Select(told => told.Event).OfType<TrackingEvent.Moved>())
            {
                Assert.True(moved.After <= known, $"{signal.Key}: version {moved.Now.Version} follows {moved.After}, {known} was the last");
                known = Math.Max(known, moved.Now.Version);
            }

            Assert.Contains(signal.Key, run.Told.Started);
        }
    }
}

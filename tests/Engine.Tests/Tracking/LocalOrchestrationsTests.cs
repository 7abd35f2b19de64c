using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Telemetry;
using FuturesBot.Engine.Tracking;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Tracking;

/// <summary>Orchestrations in one process.</summary>
public sealed class LocalOrchestrationsTests
{
    private const long At = 1_748_822_400_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private MemorySignalStore Decided { get; } = new(new MemoryCandleStore());

    [Fact]
    public async Task Raise_FaultsAndRestartsInBetween_SendsEachEffectAtLeastOnceUnderOneIdAndNothingElse()
    {
        for (var seed = 1; seed <= 30; seed++)
        {
            var random = new Random(seed);
            var (store, sent) = (new MemoryTracking(), new Sent());
            var orchestrations = new LocalOrchestrations(store, sent, Decided);
            var moves = Enumerable.Range(1, 5).Select(version => Move(version)).ToArray();
            await RepeatAsync(() => orchestrations.StartAsync(SignalTracking.Begin(moves[0].Now), Cancel));
            foreach (var move in moves)
            {
                await RepeatAsync(() => orchestrations.RaiseAsync("s1", new(move), Cancel));
                if (random.Next(3) > 0) continue;
                orchestrations.Dispose();
                orchestrations = new(store, sent, Decided);   // the process died
            }

            // Whoever starts or tells it once more finds it ended.
            await orchestrations.StartAsync(SignalTracking.Begin(moves[0].Now), Cancel);
            await orchestrations.RaiseAsync("s1", new(moves[0]), Cancel);

            Assert.Equal(0, orchestrations.OpenCount);
            Assert.Equal(
                moves.Select(move => move.Effects[0].Id),
                sent.Commands.Where(one => one.Command is SidecarCommand.CarryOut).Select(one => one.Id).Distinct(StringComparer.Ordinal));
            Assert.All(sent.Commands.GroupBy(one => one.Id), same => Assert.Single(same.Select(one => one.Command).Distinct()));
            orchestrations.Dispose();

            async Task RepeatAsync(Func<Task> work)
            {
                sent.Faults = random.Next(3);
                while (true)
                {
                    try
                    {
                        await work();
                        return;
                    }
                    catch (IOException)
                    {
                        // As a batch that comes again.
                    }
                }
            }
        }
    }

    [Fact]
    public async Task Pass_DeadlineBehind_AsksAndWarnsOnce()
    {
        var (store, sent) = (new MemoryTracking(), new Sent());
        using var orchestrations = new LocalOrchestrations(store, sent, Decided);
        var move = Move(1) with { Now = Move(1).Now with { EndsAtMs = At + 60_000 } };
        await orchestrations.StartAsync(SignalTracking.Begin(move.Now), Cancel);
        await orchestrations.RaiseAsync("s1", new(move), Cancel);
        var dueMs = At + 60_000 + SignalTracking.GraceMs;

        Assert.Equal(0, await orchestrations.PassAsync(dueMs - 1, Cancel));
        Assert.Equal(1, await orchestrations.PassAsync(dueMs, Cancel));
        Assert.Equal(0, await orchestrations.PassAsync(dueMs, Cancel));

        Assert.Equal(
            [typeof(SidecarCommand.CarryOut), typeof(SidecarCommand.RepairGap), typeof(SidecarCommand.Warn)],
            sent.Commands.Select(one => one.Command.GetType()));
    }

    [Fact]
    public async Task Raise_MoreMovesAheadThanThereIsPlaceFor_ReadsWhatIsMissingAndLosesNone()
    {
        const int Count = 40;
        var (store, sent) = (new MemoryTracking(), new Sent());
        using var orchestrations = new LocalOrchestrations(store, sent, Decided);
        var moves = Enumerable.Range(1, Count).Select(version => Move(version, Count)).ToArray();
        await Decided.CommitAsync(new() { Effects = [.. moves.Select(move => Effects.Raised("s1", move))] }, Cancel);
        await orchestrations.StartAsync(SignalTracking.Begin(moves[0].Now), Cancel);

        foreach (var move in moves.Reverse()) await orchestrations.RaiseAsync("s1", new(move), Cancel);

        Assert.Equal(0, orchestrations.OpenCount);
        Assert.Equal(
            moves.Select(move => move.Effects[0].Id),
            sent.Commands.Where(one => one.Command is SidecarCommand.CarryOut).Select(one => one.Id));
    }

    // With no place left and nothing in the store yet, what is furthest ahead is dropped: it is there for whoever sends again.
    [Fact]
    public async Task Raise_ResentAfterMovesWereDropped_ReadsThemAllAndLosesNone()
    {
        const int Count = 40;
        var (store, sent) = (new MemoryTracking(), new Sent());
        using var orchestrations = new LocalOrchestrations(store, sent, Decided);
        var moves = Enumerable.Range(1, Count).Select(version => Move(version, Count)).ToArray();
        await orchestrations.StartAsync(SignalTracking.Begin(moves[0].Now), Cancel);
        foreach (var move in moves.Skip(1)) await orchestrations.RaiseAsync("s1", new(move), Cancel);
        Assert.Empty(sent.Commands);
        Assert.Equal(TrackedSignal.EarlyMax, Assert.Single(await store.LoadOpenAsync(Cancel)).Early.Count);
        await Decided.CommitAsync(new() { Effects = [.. moves.Select(move => Effects.Raised("s1", move))] }, Cancel);

        await orchestrations.RaiseAsync("s1", new(SignalTracking.Resent(moves[^1].Now, At)), Cancel);

        Assert.Equal(0, orchestrations.OpenCount);
        Assert.Equal(
            moves.Select(move => move.Effects[0].Id),
            sent.Commands.Where(one => one.Command is SidecarCommand.CarryOut).Select(one => one.Id));
    }

    [Fact]
    public async Task BeforeFirst_OfMovesThatAreKept_IsWhereTheyBegin()
    {
        await Decided.CommitAsync(new() { Effects = [.. ((int[])[2, 5, 6, 7]).Select(version => Effects.Raised("s1", Move(version)))] }, Cancel);

        Assert.Equal(4, await StoredMoves.BeforeFirstAsync(Decided, "s1", 7, Cancel));
        Assert.Equal(1, await StoredMoves.BeforeFirstAsync(Decided, "s1", 2, Cancel));
        Assert.Equal(8, await StoredMoves.BeforeFirstAsync(Decided, "s1", 8, Cancel));
    }

    [Fact]
    public async Task Pass_DeadlineWhileAMoveWasLostOnItsWay_ReadsItInsteadOfWarning()
    {
        var (store, sent) = (new MemoryTracking(), new Sent());
        using var orchestrations = new LocalOrchestrations(store, sent, Decided);
        var first = Move(1) with { Now = Move(1).Now with { EndsAtMs = At + 60_000 } };
        await Decided.CommitAsync(new() { Effects = [Effects.Raised("s1", first), Effects.Raised("s1", Move(2))] }, Cancel);
        await orchestrations.StartAsync(SignalTracking.Begin(first.Now), Cancel);
        await orchestrations.RaiseAsync("s1", new(first), Cancel);

        await orchestrations.PassAsync(At + 60_000 + SignalTracking.GraceMs, Cancel);

        Assert.Equal(["s1-1-notify", "s1-2-notify"], sent.Commands.Select(one => one.Id));
    }

    [Fact]
    public async Task Raise_EventWithATrace_IsOneSpanOfItAndADoubleIsNone()
    {
        using var spans = new HeardSpans(Spans.Orchestrate);
        using var orchestrations = new LocalOrchestrations(new MemoryTracking(), new Sent(), Decided);
        await orchestrations.StartAsync(SignalTracking.Begin(Move(1).Now), Cancel);

        await orchestrations.RaiseAsync("s1", new(Move(1), spans.TraceParent), Cancel);
        await orchestrations.RaiseAsync("s1", new(Move(1), spans.TraceParent), Cancel);

        var span = Assert.Single(spans.Heard);
        Assert.Equal(("s1", "Moved", 1), (span.GetTagItem(Attributes.SignalId), span.GetTagItem(Attributes.Kind), span.GetTagItem(Attributes.Effects)));
    }

    [Fact]
    public async Task Raise_SignalThatWasNeverStarted_IsNoFault()
    {
        var sent = new Sent();
        using var orchestrations = new LocalOrchestrations(new MemoryTracking(), sent, Decided);

        await orchestrations.RaiseAsync("unknown", new(Move(1)), Cancel);

        Assert.Empty(sent.Commands);
    }

    private static TrackingEvent.Moved Move(int version, int last = 5) => new(
        $"s1-v{version}", At, version - 1,
        new()
        {
            SignalId = "s1",
            Symbol = Symbol.Btc,
            Strategy = "ActionPrice",
            Side = Side.Long,
            Version = version,
            Phase = "Open",
            IsFinal = version == last,
            DecidedAtMs = At,
        },
        [new($"s1-{version}-notify", "s1", "notify", "{}", At)]);

    private sealed class Sent : ICommandSender
    {
        public List<(string Id, SidecarCommand Command)> Commands { get; } = [];

        public int Faults { get; set; }

        public Task SendAsync(string id, SidecarCommand command, CancellationToken cancel = default)
        {
            Commands.Add((id, command));
            return Faults-- > 0 ? Task.FromException(new IOException("the answer was lost")) : Task.CompletedTask;
        }
    }
}

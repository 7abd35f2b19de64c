using System.Diagnostics;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Telemetry;
using FuturesBot.Engine.Tests.Tracking;
using FuturesBot.Engine.Tracking;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Sharding;

/// <summary>One closing time is one trace, over both queues and the orchestration.</summary>
public sealed class ShardTraceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TakeAsync_BatchWithATrace_IsOneTraceFromTheQueueOverTheOrchestrationToTheEffect()
    {
        using var spans = new HeardSpans();
        using var run = new ShardRun();
        var commands = new Queue();
        using var orchestrations = new LocalOrchestrations(new MemoryTracking(), commands, run.Store);
        using var runner = run.Start(orchestrations);
        foreach (var closing in ShardRun.From(2))
        {
            if (ShardRun.Whole(closing, _ => true) is not { } whole) continue;
            foreach (var batch in run.Log.Publish(whole with { TraceParent = spans.TraceParent })) await runner.TakeAsync(batch, Cancel);
            if (commands.Sent.Count > 0) break;
        }

        var message = commands.Sent.First(one => one.Command is SidecarCommand.CarryOut);
        string? told = null;   // what a message into the outbox would keep
        await Desk(() => told = TraceContext.Current).CarryOutAsync(message, Cancel);

        var byId = spans.Heard.ToDictionary(span => span.Id!);
        var way = new List<string>();
        for (var at = told; at is not null && byId.TryGetValue(at, out var span); at = span.ParentId) way.Add(span.OperationName);
        Assert.Equal([Spans.Obey, Spans.Orchestrate, Spans.CarryOut, Spans.Commit, Spans.Decide, Spans.Take], way);
        Assert.Equal(spans.TraceParent, byId.Values.First(span => span.OperationName == Spans.Take).ParentId);
        Assert.Contains(byId.Values, span => span.OperationName == Spans.Move);
    }

    [Fact]
    public async Task TakeAsync_ThatFails_IsASpanThatSaysSo()
    {
        using var spans = new HeardSpans(Spans.Take);
        using var run = new ShardRun();
        using var runner = run.Start();
        run.Told.Faults = 1;
        var isFailed = false;
        foreach (var closing in ShardRun.From(2))
        {
            if (ShardRun.Whole(closing, _ => true) is not { } whole) continue;
            try
            {
                foreach (var batch in run.Log.Publish(whole with { TraceParent = spans.TraceParent })) await runner.TakeAsync(batch, Cancel);
            }
            catch (IOException)
            {
                isFailed = true;
                break;
            }
        }

        Assert.True(isFailed);
        Assert.Equal((ActivityStatusCode.Error, "IOException"), (spans.Heard[^1].Status, spans.Heard[^1].GetTagItem(Attributes.Code)));
    }

    private static CommandDesk Desk(Action carryOut) => new(
        new()
        {
            RefreshCandles = (_, _, _) => NotAsked(),
            RepairGap = (_, _) => NotAsked(),
            RefreshSymbols = _ => NotAsked(),
            CheckIntegrity = (_, _) => NotAsked(),
            Forget = _ => NotAsked(),
            WatchLevels = (_, _) => Task.FromException<WatchOutcome>(new InvalidOperationException("nobody watches")),
            ForgetLevels = (_, _) => NotAsked(),
            HaltEntries = (_, _) => NotAsked(),
            TakeChatUpdate = (_, _) => NotAsked(),
            SendMessages = _ => NotAsked(),
            CarryOut = (_, _) =>
            {
                carryOut();
                return Task.CompletedTask;
            },
        },
        new Nothing(),
        new ManualTime());

    private static Task<string> NotAsked() => Task.FromException<string>(new InvalidOperationException("nobody asked for it"));

    /// <summary>The command queue: what travels with a command is the context at hand.</summary>
    private sealed class Queue : ICommandSender
    {
        public List<CommandMessage> Sent { get; } = [];

        public Task SendAsync(string id, SidecarCommand command, CancellationToken cancel = default)
        {
            Sent.Add(new(id, command, 0, TraceContext.Current));
            return Task.CompletedTask;
        }
    }

    private sealed class Nothing : ICommandMemory
    {
        public Task<IReadOnlyList<string>> LoadAsync(int newest, CancellationToken cancel = default) => Task.FromResult<IReadOnlyList<string>>([]);

        public Task AddAsync(string id, CancellationToken cancel = default) => Task.CompletedTask;
    }
}

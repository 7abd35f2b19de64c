using System.Diagnostics;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Telemetry;

namespace FuturesBot.Engine.Tracking;

/// <summary>
/// The orchestrations of all signals in one process: what the durable ones do, over a store. A state is kept after its effects were
/// carried out, so a process that dies in between carries them out again, which their ids make harmless.
/// </summary>
/// <remarks>Bound: <see cref="OpenMax"/> at once; one more is refused with an exception, and its signal's batch comes again.</remarks>
/// <param name="store">Keeps them.</param>
/// <param name="commands">Where effects go.</param>
/// <param name="decided">What the kernel has committed, to read back what one was not told of.</param>
public sealed class LocalOrchestrations(ITrackingStore store, ICommandSender commands, ISignalStore decided) : ISignalOrchestrations, IDisposable
{
    /// <summary>Signals that are followed at once; the portfolio's limits keep far below.</summary>
    public const int OpenMax = 1_000;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private Dictionary<string, TrackedSignal>? _open;

    /// <summary>How many run.</summary>
    public int OpenCount => _open?.Count ?? 0;

    public Task StartAsync(TrackedSignal begun, CancellationToken cancel = default) => InTurnAsync(
        async open =>
        {
            var id = begun.Now.SignalId;
            if (open.ContainsKey(id) || await store.FindAsync(id, cancel) is not null) return;
            if (open.Count >= OpenMax) throw new InvalidOperationException($"{OpenMax} signals are followed already; signal {id} has to wait");
            await store.SaveAsync(begun, cancel);
            open[id] = begun;
        },
        cancel);

    public Task RaiseAsync(string signalId, SignalMessage message, CancellationToken cancel = default) => InTurnAsync(
        async open =>
        {
            if (open.TryGetValue(signalId, out var state)) await TakeAsync(open, state, message, cancel);
        },
        cancel);

    /// <summary>Lets deadlines pass; how many did.</summary>
    /// <param name="nowMs">Market time, UTC, Unix milliseconds.</param>
    /// <param name="cancel">Ends the work; what was kept stays.</param>
    public async Task<int> PassAsync(long nowMs, CancellationToken cancel = default)
    {
        var passed = 0;
        await InTurnAsync(
            async open =>
            {
                foreach (var due in open.Values.Where(state => state.DeadlineMs <= nowMs).ToArray())
                {
                    await TakeAsync(open, due, new(SignalTracking.DeadlineOf(due)), cancel);
                    passed++;
                }
            },
            cancel);
        return passed;
    }

    public void Dispose() => _turn.Dispose();

    private async Task TakeAsync(Dictionary<string, TrackedSignal> open, TrackedSignal state, SignalMessage message, CancellationToken cancel)
    {
        while (SignalTracking.Lacks(state, message.Event))
        {
            var before = state;
            var missed = await StoredMoves.ReadAsync(decided, new(state.Now.SignalId, state.Now.Version), cancel);
            foreach (var move in missed.Moves) state = await StepAsync(open, state, new(move, message.TraceParent), cancel);
            if (state.Now.Version == before.Now.Version) break;
        }

        await StepAsync(open, state, message, cancel);
    }

    private async Task<TrackedSignal> StepAsync(Dictionary<string, TrackedSignal> open, TrackedSignal before, SignalMessage message, CancellationToken cancel)
    {
        var step = SignalTracking.Take(before, message.Event);
        if (ReferenceEquals(step.After, before)) return before;
        using var span = BotTelemetry.StartFrom(Spans.Orchestrate, ActivityKind.Consumer, message.TraceParent);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(Attributes.SignalId, before.Now.SignalId).SetTag(Attributes.Kind, message.Event.GetType().Name)
                .SetTag(Attributes.Effects, step.Effects.Count);
        }

        try
        {
            foreach (var effect in step.Effects) await TrackingEffects.CarryOutAsync(effect, commands, cancel);
            await store.SaveAsync(step.After, cancel);
        }
        catch (Exception e)
        {
            span.Fail(e);
            throw;
        }

        if (step.After.IsOver) open.Remove(before.Now.SignalId);
        else open[before.Now.SignalId] = step.After;
        return step.After;
    }

    private async Task InTurnAsync(Func<Dictionary<string, TrackedSignal>, Task> work, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            _open ??= (await store.LoadOpenAsync(cancel)).ToDictionary(state => state.Now.SignalId, StringComparer.Ordinal);
            await work(_open);
        }
        finally
        {
            _turn.Release();
        }
    }
}

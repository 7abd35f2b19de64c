using System.Text.Json;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Telemetry;
using FuturesBot.Engine.Tracking;
using FuturesBot.Functions.Tracking;
using FuturesBot.TestKit;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FuturesBot.Functions.Tests;

/// <summary>
/// The orchestration of a signal on the durable test host. It replays the history on every turn, so each test is one of determinism: an
/// orchestrator that is not deterministic ends as failed.
/// </summary>
public sealed class SignalOrchestratorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TrackSignal_TwoHundredEventsOverManyGenerations_LosesNoneAndCarriesEachOutOnce()
    {
        await using var hub = await TestHub.StartAsync();
        var generations = 0;
        hub.Orchestrator = (context, state) =>
        {
            if (!context.IsReplaying) generations++;
            return SignalOrchestrator.TrackAsync(context, state, TestHub.QuickRetry);
        };
        var id = await StartAsync(hub, "many");
        for (var version = 1; version <= 200; version++)
        {
            await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Move(id, version, isFinal: version == 200), Cancel);
            if (version % 40 == 0 && version < 200) await hub.SeeAsync(id, seen => seen.Version >= version, Cancel);
        }

        var end = await hub.EndOfAsync(id, Cancel);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(200, end.ReadOutputAs<TrackedSignal>()!.Now.Version);
        Assert.Equal(Enumerable.Range(1, 200).Select(version => $"{id}-{version}-notify"), Carried(hub));
        Assert.True(generations >= 5, $"It began anew {generations - 1} times");
    }

    [Fact]
    public async Task TrackSignal_ManyEventsWaitingAtTheStart_TakesThemInOrder()
    {
        const int Count = TrackedSignal.EarlyMax;   // whatever their order, none is dropped
        await using var hub = await TestHub.StartAsync();
        for (var version = 1; version <= Count; version++)
            await hub.Client.RaiseEventAsync("flood", SignalOrchestrator.EventName, Told.Move("flood", version, isFinal: version == Count), Cancel);
        await StartAsync(hub, "flood");

        var end = await hub.EndOfAsync("flood", Cancel);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(Enumerable.Range(1, Count).Select(version => $"flood-{version}-notify"), Carried(hub));
    }

    [Fact]
    public async Task TrackSignal_MoreMovesAheadThanThereIsPlaceFor_ReadsWhatIsMissingAndLosesNone()
    {
        const int Count = 48;
        await using var hub = await TestHub.StartAsync();
        var id = await StartAsync(hub, "ahead");
        var moves = Enumerable.Range(1, Count).Select(version => Told.Move(id, version, isFinal: version == Count)).ToArray();
        await hub.Decided.CommitAsync(new() { Effects = [.. moves.Select(move => Effects.Raised(id, move.Event))] }, Cancel);
        foreach (var move in moves.Reverse()) await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, move, Cancel);

        var end = await hub.EndOfAsync(id, Cancel);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(Enumerable.Range(1, Count).Select(version => $"{id}-{version}-notify"), Carried(hub));
    }

    [Fact]
    public async Task TrackSignal_MoveThatWasLostOnItsWay_IsReadWhenTheDeadlinePasses()
    {
        await using var hub = await TestHub.StartAsync();
        var id = await StartAsync(hub, "lost");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var moves = Enumerable.Range(1, 3)
            .Select(version => Told.Move(id, version, isFinal: version == 3, endsAtMs: version == 1 ? now + 500 - SignalTracking.GraceMs : null, atMs: now)).ToArray();
        await hub.Decided.CommitAsync(new() { Effects = [.. moves.Select(move => Effects.Raised(id, move.Event))] }, Cancel);
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, moves[0], Cancel);   // and nothing else

        var end = await hub.EndOfAsync(id, Cancel);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal([$"{id}-1-notify", $"{id}-2-notify", $"{id}-3-notify"], Carried(hub));
        Assert.DoesNotContain(hub.Commands.Sent, sent => sent.Command is SidecarCommand.Warn);
    }

    // What a market of another day tells has its time too: a market that is simulated, a kernel that was away.
    [Fact]
    public async Task TrackSignal_EventsOfLongAgo_PassNoDeadline()
    {
        await using var hub = await TestHub.StartAsync();
        var id = await StartAsync(hub, "yore");
        var then = Told.At - (400L * 86_400_000);
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Move(id, 1, endsAtMs: then + 60_000, atMs: then), Cancel);

        var status = await hub.SeeAsync(id, seen => seen.Version == 1, Cancel);
        var seen = await OrchestrationSight.LookAsync(hub.Client, Cancel);
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Move(id, 2, isFinal: true, atMs: then + 60_000), Cancel);
        await hub.EndOfAsync(id, Cancel);

        Assert.InRange(status.DueAtMs!.Value, Told.At + 60_000 + SignalTracking.GraceMs, long.MaxValue);
        Assert.NotNull(OrchestrationWatch.Judge(seen, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), out _));
        Assert.DoesNotContain(hub.Commands.Sent, sent => sent.Command is SidecarCommand.Warn);
    }

    [Fact]
    public async Task TrackSignal_EventsInAnyOrderWithDoubles_CarriesEachOutOnceAndInOrder()
    {
        await using var hub = await TestHub.StartAsync();
        foreach (var seed in Enumerable.Range(1, 8))
        {
            var random = new Random(seed);
            var id = await StartAsync(hub, $"mixed{seed}");
            var moves = Enumerable.Range(1, 12).SelectMany(version => Enumerable.Repeat(version, 1 + random.Next(2))).OrderBy(_ => random.Next()).ToArray();
            foreach (var version in moves)
                await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Move(id, version, isFinal: version == 12), Cancel);

            var end = await hub.EndOfAsync(id, Cancel);

            Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"seed {seed}: {end.FailureDetails?.ErrorMessage}");
            Assert.Equal(
                Enumerable.Range(1, 12).Select(version => $"{id}-{version}-notify"),
                Carried(hub).Where(carried => carried.StartsWith(id + "-", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task TrackSignal_EventBeforeTheStart_IsNotLost()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.Client.RaiseEventAsync("early", SignalOrchestrator.EventName, Told.Move("early", 1, isFinal: true), Cancel);
        await StartAsync(hub, "early");

        var end = await hub.EndOfAsync("early", Cancel);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(["early-1-notify"], Carried(hub));
    }

    [Fact]
    public async Task TrackSignal_EventAfterTheEnd_ChangesNothing()
    {
        await using var hub = await TestHub.StartAsync();
        var id = await StartAsync(hub, "late");
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Move(id, 1, isFinal: true), Cancel);
        await hub.EndOfAsync(id, Cancel);

        var signals = new DurableSignals();
        signals.Use(hub.Client);
        await signals.RaiseAsync(id, Told.Move(id, 2), Cancel);

        Assert.Equal(1, (await hub.EndOfAsync(id, Cancel)).ReadOutputAs<TrackedSignal>()!.Now.Version);
        Assert.Equal(["late-1-notify"], Carried(hub));
    }

    [Fact]
    public async Task TrackSignal_LevelsAndCrossings_AreWatchedShownAndForgotten()
    {
        await using var hub = await TestHub.StartAsync();
        var id = await StartAsync(hub, "levels");
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Move(id, 1, levels: new WatchedLevel("stop", 90m, FromBelow: false)), Cancel);
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Crossing(id, "stop"), Cancel);
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Crossing(id, "stop"), Cancel);

        var status = await hub.SeeAsync(id, seen => seen.Crossed.Count > 0, Cancel);
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Move(id, 2, isFinal: true), Cancel);
        await hub.EndOfAsync(id, Cancel);

        Assert.Equal(["stop"], status.Crossed);
        Assert.Equal("Open", status.Phase);
        Assert.Equal(
            [typeof(SidecarCommand.CarryOut), typeof(SidecarCommand.WatchLevels), typeof(SidecarCommand.CarryOut), typeof(SidecarCommand.ForgetLevels)],
            hub.Commands.Sent.Select(sent => sent.Command.GetType()));
    }

    [Fact]
    public async Task TrackSignal_DeadlinePassesWithNothing_AsksForCandlesAndWarns()
    {
        await using var hub = await TestHub.StartAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var dueAt = now + 1_500;
        var id = await StartAsync(hub, "quiet");
        await hub.Client.RaiseEventAsync(
            id, SignalOrchestrator.EventName, Told.Move(id, 1, endsAtMs: dueAt - SignalTracking.GraceMs, atMs: now), Cancel);

        var status = await hub.SeeAsync(id, seen => seen.Stalls > 0, Cancel);
        Assert.True(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() >= dueAt, "The timer fired before its time");
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Move(id, 2, isFinal: true), Cancel);
        var end = await hub.EndOfAsync(id, Cancel);

        Assert.Equal(1, status.Stalls);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);   // the next timer, 20 minutes ahead, does not hold it back
        var warned = Assert.Single(hub.Commands.Sent, sent => sent.Command is SidecarCommand.Warn);
        Assert.Equal($"{id}-deadline-{dueAt}-warn", warned.Id);
        Assert.Single(hub.Commands.Sent, sent => sent.Command is SidecarCommand.RepairGap);
    }

    [Fact]
    public async Task TrackSignal_DeadlineMovedByAnEvent_DoesNotFireAtItsOldTime()
    {
        await using var hub = await TestHub.StartAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var id = await StartAsync(hub, "moved");
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Move(id, 1, endsAtMs: now + 2_000 - SignalTracking.GraceMs, atMs: now), Cancel);
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Move(id, 2, endsAtMs: now + 3_600_000, atMs: now), Cancel);
        await hub.SeeAsync(id, seen => seen.Version == 2, Cancel);

        while (TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() < now + 2_500) await Task.Delay(50, Cancel);
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Move(id, 3, isFinal: true), Cancel);
        await hub.EndOfAsync(id, Cancel);

        Assert.DoesNotContain(hub.Commands.Sent, sent => sent.Command is SidecarCommand.Warn);
    }

    [Fact]
    public async Task TrackSignal_QueueAwayForSomeTries_CarriesOutOnceItIsBack()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Commands.Fails = (_, tries) => tries is >= 2 and <= 4;
        var id = await StartAsync(hub, "retry");
        for (var version = 1; version <= 3; version++)
            await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Move(id, version, isFinal: version == 3), Cancel);

        var end = await hub.EndOfAsync(id, Cancel);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(["retry-1-notify", "retry-2-notify", "retry-3-notify"], Carried(hub));
        Assert.Equal(4 + 3, hub.Commands.Tries);   // three messages, the farewell to the levels, three failures
    }

    [Fact]
    public async Task TrackSignal_QueueAwayForGood_FailsVisibly()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Commands.Fails = (_, _) => true;
        var id = await StartAsync(hub, "broken");
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Move(id, 1), Cancel);

        var end = await hub.EndOfAsync(id, Cancel);
        var seen = await OrchestrationSight.LookAsync(hub.Client, Cancel);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("The queue is away", end.FailureDetails!.ToString(), StringComparison.Ordinal);
        Assert.Null(OrchestrationWatch.Judge(seen, Told.At, out var trouble));
        Assert.Equal("failed: broken", trouble);
    }

    [Fact]
    public async Task TrackSignal_WarningThatCannotBeSent_LetsTheSignalLive()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Commands.Fails = (id, _) => id.EndsWith("-warn", StringComparison.Ordinal);
        var id = await StartAsync(hub, "unwarned");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await hub.Client.RaiseEventAsync(
            id, SignalOrchestrator.EventName, Told.Move(id, 1, endsAtMs: now + 500 - SignalTracking.GraceMs, atMs: now), Cancel);
        await hub.SeeAsync(id, seen => seen.Stalls > 0, Cancel);
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Move(id, 2, isFinal: true), Cancel);

        var end = await hub.EndOfAsync(id, Cancel);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.DoesNotContain(hub.Commands.Sent, sent => sent.Command is SidecarCommand.Warn);
    }

    [Fact]
    public async Task TrackSignal_EventsWithATrace_AreOneStepOfItForEachEffectHoweverOftenItIsReplayed()
    {
        using var spans = new HeardSpans(Spans.Orchestrate);
        await using var hub = await TestHub.StartAsync();
        var id = await StartAsync(hub, "traced");
        for (var version = 1; version <= 4; version++)
        {
            await hub.Client.RaiseEventAsync(
                id, SignalOrchestrator.EventName, Told.Move(id, version, isFinal: version == 4) with { TraceParent = spans.TraceParent }, Cancel);
            if (version < 4) await hub.SeeAsync(id, seen => seen.Version == version, Cancel);   // a turn each, and a replay
        }

        await hub.EndOfAsync(id, Cancel);

        Assert.Equal([.. Enumerable.Range(1, 4).Select(version => $"{id}-{version}-notify"), $"{id}-4-forget"], spans.Heard.Select(span => span.GetTagItem(Attributes.EffectId)));
        Assert.All(spans.Heard, span => Assert.Equal(id, span.GetTagItem(Attributes.SignalId)));
    }

    [Fact]
    public async Task TrackSignal_EventOfALaterVersion_IsPassedOver()
    {
        await using var hub = await TestHub.StartAsync();
        var id = await StartAsync(hub, "future");
        var unknown = JsonSerializer.Deserialize<JsonElement>("""{"event":{"kind":"teleported","id":"x","atMs":1,"to":"the moon"},"more":true}""");
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, unknown, Cancel);
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Move(id, 1, isFinal: true), Cancel);

        var end = await hub.EndOfAsync(id, Cancel);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(["future-1-notify"], Carried(hub));
    }

    [Fact]
    public async Task TrackSignal_DeploymentWhileItWaits_IsTakenOverByTheNewCode()
    {
        await using var hub = await TestHub.StartAsync();
        var id = await StartAsync(hub, "deployed");
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Move(id, 1), Cancel);
        await hub.SeeAsync(id, seen => seen.Version == 1, Cancel);

        // The new version does something more, and only after what the running instances have done already.
        hub.Orchestrator = async (context, state) =>
        {
            var end = await SignalOrchestrator.TrackAsync(context, state, TestHub.QuickRetry);
            if (end.IsOver && context.CompareVersionTo("1.1") < 0)
                await context.CallActivityAsync(nameof(SignalActivities.CarryOut), new EffectOrder(new TrackingEffect.Warn("after", end.Now.SignalId, "new code", 0)));
            return end;
        };
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Move(id, 2, isFinal: true), Cancel);
        var done = await hub.EndOfAsync(id, Cancel);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, done.RuntimeStatus);
        Assert.Equal(["deployed-1-notify", "deployed-2-notify"], Carried(hub));
        Assert.Equal("after", hub.Commands.Sent[^1].Id);
    }

    [Fact]
    public async Task TrackSignal_DeploymentThatChangesThePast_IsFound()
    {
        await using var hub = await TestHub.StartAsync();
        var id = await StartAsync(hub, "rewritten");
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Move(id, 1), Cancel);
        await hub.SeeAsync(id, seen => seen.Version == 1, Cancel);

        hub.Orchestrator = async (context, state) =>
        {
            await context.CallActivityAsync(nameof(SignalActivities.CarryOut), new EffectOrder(new TrackingEffect.Warn("before", "x", "new code", 0)));
            return await SignalOrchestrator.TrackAsync(context, state, TestHub.QuickRetry);
        };
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Move(id, 2, isFinal: true), Cancel);
        var end = await hub.EndOfAsync(id, Cancel);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("NonDeterministic", end.FailureDetails!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Envelope_OfEveryEventAndEffect_KeepsItsKindOnTheWayOfTheWorker()
    {
        var worker = new LikeFunctions();
        var moved = Told.Move("x", 1, levels: new WatchedLevel("stop", 90m, FromBelow: false));
        TrackingEvent[] events = [moved.Event, Told.Crossing("x", "tp1").Event, new TrackingEvent.DeadlinePassed("d", 5), SignalTracking.Resent(Told.View("x", 3), 7)];
        TrackingEffect[] effects =
        [
            new TrackingEffect.Carry("c", Told.Effect("x", 1)), new TrackingEffect.Ask("a", new SidecarCommand.ForgetLevels("x")), new TrackingEffect.Warn("w", "x", "text", 5),
        ];

        Assert.All(events, happened => Assert.IsType(
            happened.GetType(), ((SignalMessage)worker.Deserialize(worker.Serialize(new SignalMessage(happened)), typeof(SignalMessage))!).Event));
        Assert.All(effects, effect => Assert.IsType(
            effect.GetType(), ((EffectOrder)worker.Deserialize(worker.Serialize(new EffectOrder(effect)), typeof(EffectOrder))!).Effect));
        // The trap that the envelopes are for: without one the kind is lost.
        Assert.DoesNotContain("kind", worker.Serialize(events[1])!, StringComparison.Ordinal);
    }

    private static async Task<string> StartAsync(TestHub hub, string id) =>
        await hub.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(SignalOrchestrator.TrackSignal), SignalTracking.Begin(Told.View(id, 1)), new StartOrchestrationOptions(id), Cancel);

    private static IEnumerable<string> Carried(TestHub hub) =>
        hub.Commands.Sent.Select(sent => sent.Command).OfType<SidecarCommand.CarryOut>().Select(carried => carried.Effect.Id);
}

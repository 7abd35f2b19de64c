using System.Net;
using System.Text;
using System.Text.Json;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Tracking;
using FuturesBot.Functions.Backfills;
using FuturesBot.Functions.Backtests;
using FuturesBot.Functions.Tracking;
using FuturesBot.TestKit;
using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Protobuf;
using Xunit;

namespace FuturesBot.Functions.Tests.Worker;

/// <summary>
/// Orchestrators and activities in the built app, over the triggers' own protocol. Every turn is run twice, and its second answer is the
/// first: what is decided depends on the history alone.
/// </summary>
[Collection(WorkerCollection.Name)]
public sealed class WorkerOrchestrationTests(WorkerWorld world)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TrackSignal_InTheWorker_CarriesOutKeepsItsTimeBeginsAnewAndAnswersAlikeWhenItIsAskedAgain()
    {
        const string Id = "live-signal";
        const int Many = SignalOrchestrator.EventsPerGeneration;
        _ = world.Azurite.Account;
        var client = world.Hub.Client;
        await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(SignalOrchestrator.TrackSignal), SignalTracking.Begin(Told.View(Id, 1)), new StartOrchestrationOptions(Id), Cancel);
        for (var version = 1; version <= Many; version++) await RaiseAsync(Told.Move(Id, version));
        await client.SeeAsync(Id, seen => seen.Version == Many, Cancel);

        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await RaiseAsync(Told.Move(Id, Many + 1, endsAtMs: now + 300 - SignalTracking.GraceMs, atMs: now));   // due in 0.3 s, and nothing comes
        await client.SeeAsync(Id, seen => seen.Stalls > 0, Cancel);
        await RaiseAsync(Told.Move(Id, Many + 2, isFinal: true));
        var end = await client.EndOfAsync(Id, Cancel);

        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, end.FailureDetails?.ToString());
        Assert.Equal(Many + 2, end.ReadOutputAs<TrackedSignal>()!.Now.Version);
        var sent = await world.CommandsAsync(
            command => command is SidecarCommand.CarryOut { Effect.SignalId: Id } or SidecarCommand.Warn { SignalId: Id } or SidecarCommand.ForgetLevels { SignalId: Id }, Cancel);
        Assert.Equal(
            [.. Enumerable.Range(1, Many + 2).Select(version => $"{Id}-{version}-notify"), $"{Id}-{Many + 2}-forget", $"{Id}-deadline-{now + 300}-warn"],
            sent.OrderBy(one => one.Command is SidecarCommand.Warn).ThenBy(one => one.Command is SidecarCommand.ForgetLevels).Select(one => one.Id));

        var turns = TurnsOf(Id);
        var first = turns[0];
        Assert.Empty(first.Request.PastEvents);
        Assert.Contains(first.Answer.Actions, action => action.CreateTimer is not null);
        Assert.Contains("\"version\":0", first.Answer.CustomStatus, StringComparison.Ordinal);
        Assert.Contains(turns, turn => turn.Request.NewEvents.Any(one => one.EventRaised is not null) && turn.Activities.Contains(nameof(SignalActivities.CarryOut)));
        Assert.Contains(turns, turn => turn.Request.NewEvents.Any(one => one.TimerFired is not null) && turn.Activities.Contains(nameof(SignalActivities.ReadMoves)));
        var anew = turns.First(turn => turn.IsAnew);
        Assert.True(turns.Count(turn => turn.Request.PastEvents.Count == 0) > 1, "No generation has begun with an empty history");

        // An event that comes in the very turn in which it begins anew goes along.
        var late = anew.Request.Clone();
        late.NewEvents.Add(new HistoryEvent
        {
            EventId = -1,
            Timestamp = late.NewEvents[^1].Timestamp,
            EventRaised = new() { Name = SignalOrchestrator.EventName, Input = new LikeFunctions().Serialize(Told.Move(Id, Many + 1)) },
        });
        var answer = await WorkerHub.AskAsync(world.Host, anew.Name, late);
        var kept = Assert.Single(answer.Actions.Select(action => action.CompleteOrchestration).Single(complete => complete is not null).CarryoverEvents);
        Assert.Equal(late.NewEvents[^1].EventRaised, kept.EventRaised);

        Task RaiseAsync(SignalMessage message) => client.RaiseEventAsync(Id, SignalOrchestrator.EventName, message, Cancel);
    }

    [Fact]
    public async Task TrackSignal_HistoryOfAnotherOrchestrator_FailsAsNotDeterministic()
    {
        var started = new HistoryEvent
        {
            EventId = -1,
            Timestamp = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()),
            ExecutionStarted = new()
            {
                Name = nameof(SignalOrchestrator.TrackSignal),
                Input = new LikeFunctions().Serialize(SignalTracking.Begin(Told.View("strange", 1))),
                OrchestrationInstance = new() { InstanceId = "strange", ExecutionId = "1" },
            },
        };
        var request = new OrchestratorRequest { InstanceId = "strange", ExecutionId = "1" };
        request.PastEvents.Add(new HistoryEvent { EventId = -1, Timestamp = started.Timestamp, OrchestratorStarted = new() });
        request.PastEvents.Add(started);
        request.PastEvents.Add(new HistoryEvent { EventId = 0, Timestamp = started.Timestamp, TaskScheduled = new() { Name = "Dance" } });
        request.NewEvents.Add(new HistoryEvent { EventId = -1, Timestamp = started.Timestamp, OrchestratorStarted = new() });
        request.NewEvents.Add(new HistoryEvent { EventId = -1, Timestamp = started.Timestamp, TaskCompleted = new() { TaskScheduledId = 0 } });

        var answer = await WorkerHub.AskAsync(world.Host, nameof(SignalOrchestrator.TrackSignal), request);

        var end = answer.Actions.Select(action => action.CompleteOrchestration).Single(complete => complete is not null);
        Assert.Equal(OrchestrationStatus.Failed, end.OrchestrationStatus);
        Assert.Contains("NonDeterministic", end.FailureDetails.ErrorType, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backfill_OrderedOverHttp_SeesWhatTheHolderBringsAndBeginsAnewWithEachWave()
    {
        var account = world.Azurite.Account;
        var symbols = Enumerable.Range(0, 6).Select(i => Symbol.Parse($"Z{(char)('A' + i)}USDT")).ToArray();
        var plan = new BackfillPlan(symbols, [TimeFrame.M15, TimeFrame.H1, TimeFrame.H4], GeneratedFeed.StartMs, GeneratedFeed.StartMs + TimeFrame.D1.Ms());
        var body = JsonSerializer.Serialize(new
        {
            symbols = symbols.Select(symbol => symbol.Name),
            frames = (string[])["15m", "1h", "4h"],
            from = DateTimeOffset.FromUnixTimeMilliseconds(plan.FromMs),
            to = DateTimeOffset.FromUnixTimeMilliseconds(plan.ToMs),
        });
        var brought = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Hub.Hurried[nameof(BackfillOrchestrator.Backfill)] = true;
        world.Hub.Gates[nameof(BackfillActivities.LookAtPieces)] = brought.Task;

        var id = await OrderAsync("StartBackfill", "manage/backfills", body);
        Assert.Equal(id, await OrderAsync("StartBackfill", "manage/backfills", body));   // it runs: nothing more is begun
        using (var holder = await AzureStore.OpenBesideKernelAsync(account, cancel: Cancel))   // the worker has opened its storage before
        {
            foreach (var piece in plan.Pieces()) await holder.AppendAsync(piece.Series, Bars(piece), Cancel);
        }

        brought.SetResult();
        var end = await world.Hub.Client.EndOfAsync(id, Cancel);

        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, end.FailureDetails?.ToString());
        var state = end.ReadOutputAs<BackfillState>()!;
        Assert.Equal((18, 18, 0), (state.Next, state.Whole, state.Lacking));
        var asked = await world.CommandsAsync(IsAsked, Cancel);
        Assert.Equal(18, asked.Select(one => one.Id).Distinct().Count());
        Assert.Equal(18, asked.Count);
        Assert.Equal(2, TurnsOf(id).Count(turn => turn.IsAnew));   // waves of 16 and of two
        var (_, shown) = await world.Host.RequestAsync("ReadOrchestration", HttpMethod.Get, $"manage/orchestrations/{id}");
        Assert.Contains("\"status\":\"Completed\"", shown, StringComparison.Ordinal);

        // Ordered again once it is over, it asks again: under ids that the holder does not know.
        Assert.Equal(id, await OrderAsync("StartBackfill", "manage/backfills", body));
        await world.Hub.Client.EndOfAsync(id, Cancel);
        var again = await world.CommandsAsync(IsAsked, Cancel);
        Assert.Equal(18, again.Count);
        Assert.Empty(again.Select(one => one.Id).Intersect(asked.Select(one => one.Id)));

        bool IsAsked(SidecarCommand command) => command is SidecarCommand.RepairGap gap && symbols.Contains(gap.Symbol);
    }

    [Fact]
    public async Task RunBacktest_OrderedOverHttp_LaysTheBytesOfOneProcessOnTheShelf()
    {
        await world.PublishAsync(0, Cancel);
        var listings = SmallMarket.Listings;
        var to = SmallMarket.LiveMs / TimeFrame.H1.Ms() * TimeFrame.H1.Ms();
        var plan = new BacktestPlan
        {
            Symbols = [.. listings.Select(listing => listing.Symbol)],
            FromMs = to - TimeFrame.D1.Ms(),
            ToMs = to,
            GroupSize = 1,
            WarmUpDays = 4,
        };
        var body = JsonSerializer.Serialize(new
        {
            symbols = plan.Symbols.Select(symbol => symbol.Name),
            from = DateTimeOffset.FromUnixTimeMilliseconds(plan.FromMs),
            to = DateTimeOffset.FromUnixTimeMilliseconds(plan.ToMs),
            group_size = 1,
            warm_up_days = 4,
        });

        var id = await OrderAsync("StartBacktest", "manage/backtests", body);
        var end = await world.Hub.Client.EndOfAsync(id, Cancel);

        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, end.FailureDetails?.ToString());
        Assert.Equal(2, end.ReadOutputAs<BacktestReceipt>()!.Parts);
        var shelf = new BlobBacktests(world.Azurite.Account.Container("futuresbot-backtests"));
        using var store = await AzureStore.OpenBesideKernelAsync(world.Azurite.Account, cancel: Cancel);
        var everything = new StoredMarket(store, listings, await store.SeriesAsync(Cancel), afterMs: -1, plan.ToMs);
        var options = BotConfiguration.Load(Path.Combine(WorkerHost.Folder(), "bot.yaml"), world.Settings()).Kernel;
        var alone = PlannedBacktest.Merge(plan, PlannedBacktest.RunAll(plan, options, everything, TimeProvider.System, Cancel));
        Assert.Equal(Encoding.UTF8.GetString(alone.Summary), await TextAsync(ShelfFiles.Summary));
        Assert.Equal(Encoding.UTF8.GetString(alone.Trades), await TextAsync(ShelfFiles.Trades));
        var turns = TurnsOf(id);
        Assert.Equal(2, turns[0].Activities.Count(name => name == nameof(BacktestActivities.RunPart)));
        Assert.Equal([nameof(BacktestActivities.MergeParts)], turns.Skip(1).SelectMany(turn => turn.Activities));

        async Task<string> TextAsync(string file) => Encoding.UTF8.GetString((await shelf.ReadAsync(ShelfFiles.Of(id, file), Cancel))!.Value.Span);
    }

    /// <summary>The turns of an instance, each of which was answered alike twice.</summary>
    private List<WorkerTurn> TurnsOf(string id)
    {
        var turns = world.Hub.Turns.Where(turn => turn.Request.InstanceId == id).ToList();
        Assert.NotEmpty(turns);
        Assert.All(turns, turn => Assert.Equal(turn.Answer.ToString(), turn.Again.ToString()));
        return turns;
    }

    private async Task<string> OrderAsync(string function, string path, string body)
    {
        var (status, said) = await world.Host.RequestAsync(function, HttpMethod.Post, path, body);
        Assert.True(status == HttpStatusCode.Accepted, said);
        using var json = JsonDocument.Parse(said);
        return json.RootElement.GetProperty("orchestration").GetString()!;
    }

    private static Candle[] Bars(BackfillPiece piece)
    {
        var length = piece.Series.Frame.Ms();
        return [.. Enumerable.Range(0, (int)((piece.ToMs - piece.FromMs) / length)).Select(i => new Candle(piece.FromMs + (i * length), 1, 2, 0.5, 1.5, 10, 15, 5, 3))];
    }
}

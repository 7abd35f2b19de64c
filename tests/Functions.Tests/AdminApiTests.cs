using System.Text.Json;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Tracking;
using FuturesBot.Functions.Backfills;
using FuturesBot.Functions.Backtests;
using FuturesBot.Functions.Http;
using FuturesBot.Functions.Market;
using FuturesBot.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FuturesBot.Functions.Tests;

/// <summary>What is started by hand, through the functions that start it.</summary>
public sealed class AdminApiTests
{
    private const string Backfill = """{"symbols":["BTCUSDT","ETHUSDT"],"frames":["1h"],"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"}""";
    private const string Backtest = """{"symbols":["BTCUSDT"],"from":"2026-01-01T00:00:00Z","to":"2026-02-01T00:00:00Z","window_days":10}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("HaltEntries", "", "cannot be read")]
    [InlineData("HaltEntries", "null", "was null")]
    [InlineData("HaltEntries", "{}", "'halted'")]   // left out is not "allow them again"
    [InlineData("HaltEntries", """{"halted":"yes"}""", "halted")]
    [InlineData("HaltEntries", """{"halted":true,"why":"x"}""", "'why'")]
    [InlineData("StartBackfill", "[]", "cannot be read")]
    [InlineData("StartBackfill", """{"symbols":["BTCUSDT"],"frames":["1h"],"to":"2026-01-02T00:00:00Z"}""", "'from'")]
    [InlineData("StartBackfill", """{"symbols":null,"frames":["1h"],"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"}""", "'symbols' and 'frames' are needed")]
    [InlineData("StartBackfill", """{"symbols":[null],"frames":["1h"],"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"}""", "no symbol such as BTCUSDT")]
    [InlineData("StartBackfill", """{"symbols":["BTCUSDT"],"frames":[null],"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"}""", "1m 5m 15m 1h 4h 1d are allowed")]
    [InlineData("StartBackfill", """{"symbols":["BTCUSDT"],"frames":["1h","1h"],"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"}""", "none twice")]
    [InlineData("StartBackfill", """{"symbols":["BTCUSDT"],"frames":["1h"],"from":"2027-01-01T00:00:00Z","to":"2027-01-02T00:00:00Z"}""", "to is needed")]   // not closed yet
    [InlineData("StartBackfill", """{"symbols":["BTCUSDT"],"frames":["1m"],"from":"1970-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z","x":1}""", "'x'")]
    [InlineData("StartBacktest", """{"symbols":["BTCUSDT"],"from":"yesterday","to":"2026-01-02T00:00:00Z"}""", "from")]
    [InlineData("StartBacktest", """{"symbols":["BTCUSDT"],"from":"2026-01-01T00:00:00Z"}""", "'to'")]
    [InlineData("StartBacktest", """{"symbols":["BTCUSDT"],"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z","group_size":-1}""", "must be 0 or more")]
    [InlineData("StartBacktest", """{"symbols":["BTCUSDT"],"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z","warm_up_days":9999}""", "0 to 3650")]
    [InlineData("StartBacktest", """{"symbols":["BTCUSDT"],"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z","window_days":99999999999}""", "window_days")]
    [InlineData("StartBacktest", """{"symbols":["BTCUSDT"],"from":"1970-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z","window_days":1}""", "at most 2000 are allowed")]
    public async Task Orders_ThatAreWrong_AreRefusedWithTheReasonAndStartNothing(string function, string body, string why)
    {
        using var app = new AppInMemory();
        var client = new NotedClient();

        var answer = await SendAsync(app, client, function, body);

        Assert.Equal(StatusCodes.Status400BadRequest, Ask.StatusOf(answer));
        Assert.Contains(why, Ask.WhyOf(answer), StringComparison.Ordinal);
        Assert.Empty(client.Tried);
        Assert.Empty(app.Commands.Sent);
    }

    [Theory]
    [InlineData("HaltEntries")]
    [InlineData("StartBackfill")]
    [InlineData("StartBacktest")]
    public async Task Orders_LongerThanAnyIs_AreNotReadToTheirEnd(string function)
    {
        using var app = new AppInMemory();

        var answer = await SendAsync(app, new NotedClient(), function, new string(' ', 1 << 20));

        Assert.Equal(StatusCodes.Status400BadRequest, Ask.StatusOf(answer));
        Assert.Contains("longer than 65536 bytes", Ask.WhyOf(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("StartBackfill", Backfill)]
    [InlineData("StartBacktest", Backtest)]
    public async Task Orders_OfTwoAtOnce_AreBothToldOfTheOneThatRuns(string function, string body)
    {
        using var app = new AppInMemory();
        var client = new NotedClient();

        var answer = await SendAsync(app, client, function, body);

        Assert.Equal(StatusCodes.Status202Accepted, Ask.StatusOf(answer));
        Assert.Equal(Assert.Single(client.Tried), Ask.FieldOf(answer, "Orchestration").GetString());
    }

    [Fact]
    public async Task StartBacktest_LargestGroup_IsOneGroup()
    {
        using var app = new AppInMemory();
        var client = new NotedClient();

        var answer = await SendAsync(app, client, "StartBacktest", Backtest.Replace("\"window_days\":10", "\"group_size\":2147483647", StringComparison.Ordinal));

        Assert.Equal(StatusCodes.Status202Accepted, Ask.StatusOf(answer));
    }

    [Fact]
    public async Task HaltEntries_BothOrdersInOneMoment_AreTwoCommands()
    {
        using var app = new AppInMemory();   // its time stands still

        await SendAsync(app, new NotedClient(), "HaltEntries", """{"halted":true}""");
        await SendAsync(app, new NotedClient(), "HaltEntries", """{"halted":false}""");

        Assert.Equal(2, app.Commands.Sent.Select(sent => sent.Id).Distinct().Count());
        Assert.Equal([true, false], app.Commands.Sent.Select(sent => ((SidecarCommand.HaltEntries)sent.Command).Halt is not null));
    }

    [Fact]
    public async Task StartBackfill_TwiceWhileItRunsAndOnceAfter_RunsTwiceAndAsksUnderNewIds()
    {
        using var app = new AppInMemory();
        var (asks, hold) = (new List<BackfillAsk>(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var hub = await TestHub.StartAsync(tasks => tasks.AddBackfill(
            async ask =>
            {
                lock (asks) asks.Add(ask);
                await hold.Task;
            },
            _ => Task.FromResult(Array.Empty<BackfillPiece>())));

        var first = await SendAsync(app, hub.Client, "StartBackfill", Backfill);
        var second = await SendAsync(app, hub.Client, "StartBackfill", Backfill);
        var id = Ask.FieldOf(first, "Orchestration").GetString()!;
        Assert.Equal(id, Ask.FieldOf(second, "Orchestration").GetString());
        hold.SetResult();
        Assert.Equal(2, (await hub.EndOfAsync(id, Cancel)).ReadOutputAs<BackfillState>()!.Whole);
        Assert.Single(asks);

        await SendAsync(app, hub.Client, "StartBackfill", Backfill);
        await Eventually.IsAsync(() => Task.FromResult(asks.Count == 2), "it ran again");
        await hub.EndOfAsync(id, Cancel);

        Assert.Equal(asks[0].Pieces, asks[1].Pieces);
        Assert.Empty(IdsOf(asks[0]).Intersect(IdsOf(asks[1])));
        Assert.All(asks, ask => Assert.StartsWith(id + "-", ask.Backfill, StringComparison.Ordinal));
    }

    [Fact]
    public async Task StartBackfill_EndThatIsNotClosedYet_IsCutToNow()
    {
        var time = new ManualTime(new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        using var app = new AppInMemory(time: time);
        await using var hub = await TestHub.StartAsync(tasks => tasks.AddBackfill(_ => Task.CompletedTask, _ => Task.FromResult(Array.Empty<BackfillPiece>())));

        var answer = await SendAsync(app, hub.Client, "StartBackfill", Backfill);
        var plan = (await hub.EndOfAsync(Ask.FieldOf(answer, "Orchestration").GetString()!, Cancel)).ReadOutputAs<BackfillState>()!.Plan;

        Assert.Equal(time.GetUtcNow().ToUnixTimeMilliseconds(), plan.ToMs);
        Assert.Equal([TimeFrame.H1], plan.Frames);
    }

    [Fact]
    public async Task StartBacktest_AfterOneThatFailed_IsDoneAgainUnderTheSameId()
    {
        using var app = new AppInMemory();
        var runs = 0;
        await using var hub = await TestHub.StartAsync(tasks => tasks.AddOrchestratorFunc<BacktestPlan, BacktestReceipt>(
            nameof(BacktestOrchestrator.RunBacktest), (context, plan) => Interlocked.Increment(ref runs) == 1
                ? throw new InvalidDataException("The rules of no symbol are known")
                : Task.FromResult(new BacktestReceipt(context.InstanceId, plan.Cells().Count, "", ""))));

        var id = Ask.FieldOf(await SendAsync(app, hub.Client, "StartBacktest", Backtest), "Orchestration").GetString()!;
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.EndOfAsync(id, Cancel)).RuntimeStatus);
        Assert.Equal(id, Ask.FieldOf(await SendAsync(app, hub.Client, "StartBacktest", Backtest), "Orchestration").GetString());
        await Eventually.IsAsync(async () => (await hub.Client.GetInstanceAsync(id, Cancel))!.RuntimeStatus == OrchestrationRuntimeStatus.Completed, "it is done again");

        Assert.Equal(4, (await hub.EndOfAsync(id, Cancel)).ReadOutputAs<BacktestReceipt>()!.Parts);   // 31 days in windows of ten
        Assert.StartsWith("backtest-", id, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResendSignal_OfOneThatNobodyKnows_IsNotFound()
    {
        using var app = new AppInMemory();

        var answer = await new AdminApi(app.Parts).ResendSignal(Ask.With(), "nobody", new NotedClient(), Cancel);

        Assert.Equal(StatusCodes.Status404NotFound, Ask.StatusOf(answer));
        Assert.Contains("'nobody'", Ask.WhyOf(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]   // nothing was carried out
    [InlineData(2)]   // the first two moves were
    public async Task ResendSignal_OfOneThatFailed_CarriesOutWhatWasMissedOnceAndInOrder(long carriedOut)
    {
        await using var hub = await TestHub.StartAsync();
        using var app = new AppInMemory();
        var signal = await FailAsync(app, hub, carriedOut);
        var before = Carried(hub);

        await ResendAsync(app, hub, signal);
        await hub.SeeAsync(signal.Id, seen => seen.Version == signal.Version, Cancel);

        var moves = (await StoredMoves.ReadAsync(app.Signals, new(signal.Id, After: 0), Cancel)).Moves;
        Assert.Equal(moves.Where(move => move.Now.Version <= carriedOut).SelectMany(move => move.Effects).Select(effect => effect.Id), before);
        Assert.Equal(moves.SelectMany(move => move.Effects).Select(effect => effect.Id), Carried(hub));
        // What is watched is told anew too; whatever is sent twice is the same under one id.
        Assert.Contains(hub.Commands.Sent, sent => sent.Command is SidecarCommand.WatchLevels or SidecarCommand.ForgetLevels && sent.Id.StartsWith($"{signal.Id}-{signal.Version}-", StringComparison.Ordinal));
        Assert.DoesNotContain(hub.Commands.Sent, sent => sent.Command is SidecarCommand.Warn);
        Assert.All(hub.Commands.Sent.GroupBy(sent => sent.Id), same => Assert.Single(same.Select(one => JsonSerializer.Serialize(one.Command)).Distinct()));
    }

    [Fact]
    public async Task ResendSignal_OnceMore_OrOfOneThatWasEndedByHand_CarriesNothingOutAgain()
    {
        await using var hub = await TestHub.StartAsync();
        using var app = new AppInMemory();
        var signal = await FailAsync(app, hub, carriedOut: 2);
        await ResendAsync(app, hub, signal);
        await hub.SeeAsync(signal.Id, seen => seen.Version == signal.Version, Cancel);
        var carried = Carried(hub);

        await ResendAsync(app, hub, signal);   // it lives, or is over if the signal is
        await hub.SeeAsync(signal.Id, seen => seen.Version == signal.Version, Cancel);
        await hub.Client.TerminateInstanceAsync(signal.Id, cancellation: Cancel);
        await hub.EndOfAsync(signal.Id, Cancel);
        await ResendAsync(app, hub, signal);
        await hub.SeeAsync(signal.Id, seen => seen.Version == signal.Version, Cancel);

        Assert.Equal(carried, Carried(hub));
    }

    [Fact]
    public async Task ResendSignal_OfOneThatWasLost_SendsAllThatIsKeptUnderTheSameIds()
    {
        await using var hub = await TestHub.StartAsync();
        using var app = new AppInMemory();
        var signal = await FailAsync(app, hub, carriedOut: 2);
        await hub.Client.PurgeInstanceAsync(signal.Id, Cancel);

        await ResendAsync(app, hub, signal);
        await hub.SeeAsync(signal.Id, seen => seen.Version == signal.Version, Cancel);

        var moves = (await StoredMoves.ReadAsync(app.Signals, new(signal.Id, After: 0), Cancel)).Moves;
        Assert.Equal(moves.SelectMany(move => move.Effects).Select(effect => effect.Id), Carried(hub).Distinct());
        Assert.All(hub.Commands.Sent.GroupBy(sent => sent.Id), same => Assert.Single(same.Select(one => JsonSerializer.Serialize(one.Command)).Distinct()));
    }

    // Raised while it failed, a move reaches nobody; and one that lives may have missed one as well.
    [Fact]
    public async Task ResendSignal_OfOneThatLivesAndMissedMoves_MakesItReadThem()
    {
        await using var hub = await TestHub.StartAsync();
        using var app = new AppInMemory();
        var signal = await FailAsync(app, hub, carriedOut: 0);
        await hub.Client.PurgeInstanceAsync(signal.Id, Cancel);
        var first = (await StoredMoves.ReadAsync(app.Signals, new(signal.Id, After: 0), Cancel)).Moves[0];
        var signals = app.Parts.Signals(hub.Client);
        await signals.StartAsync(SignalTracking.Begin(first.Now), Cancel);
        await signals.RaiseAsync(signal.Id, new(first), Cancel);
        await hub.SeeAsync(signal.Id, seen => seen.Version == 1, Cancel);

        await ResendAsync(app, hub, signal);
        await hub.SeeAsync(signal.Id, seen => seen.Version == signal.Version, Cancel);

        var moves = (await StoredMoves.ReadAsync(app.Signals, new(signal.Id, After: 0), Cancel)).Moves;
        Assert.Equal(moves.SelectMany(move => move.Effects).Select(effect => effect.Id), Carried(hub));
    }

    /// <summary>A signal of which so many moves were carried out before its orchestration failed; the others reached nobody.</summary>
    private static async Task<StoredSignal> FailAsync(AppInMemory app, TestHub hub, long carriedOut)
    {
        hub.Decided = app.Signals;
        await SmallMarket.StoreAsync(app.Candles, SmallMarket.LiveMs, Cancel);
        app.Log.Begin(SmallMarket.Setup);
        var fails = false;
        hub.Commands.Fails = (_, _) => Volatile.Read(ref fails);
        StoredSignal? signal = null;
        foreach (var batch in SmallMarket.Batches(18).Select(app.Log.Add))
        {
            if ((signal?.Version ?? 0) >= carriedOut) Volatile.Write(ref fails, true);
            await new MarketEvents(app.Parts).Run(new(ShardJson.Write(batch)), $"m{batch.Number}", 1, hub.Client, Cancel);
            signal = (await app.Signals.LoadOpenAsync(Cancel)).Concat(await app.Signals.LoadClosedAsync(9, cancel: Cancel)).MaxBy(one => one.Version);
            if (signal is not null && !fails) await hub.SeeAsync(signal.Id, seen => seen.Version == signal.Version, Cancel);
        }

        Assert.True(signal!.Version >= 5);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.EndOfAsync(signal.Id, Cancel)).RuntimeStatus);
        hub.Commands.Fails = (_, _) => false;
        return signal;
    }

    private static async Task ResendAsync(AppInMemory app, TestHub hub, StoredSignal signal)
    {
        var answer = await new AdminApi(app.Parts).ResendSignal(Ask.With(), signal.Id, hub.Client, Cancel);
        Assert.Equal(StatusCodes.Status202Accepted, Ask.StatusOf(answer));
        Assert.Equal(signal.Version, Ask.FieldOf(answer, "Version").GetInt64());
    }

    private static string[] Carried(TestHub hub) =>
        [.. hub.Commands.Sent.Select(sent => sent.Command).OfType<SidecarCommand.CarryOut>().Select(carried => carried.Effect.Id)];

    private static IEnumerable<string> IdsOf(BackfillAsk ask) => ask.Pieces.Select(piece => piece.Ask(ask.Backfill, ask.Attempt).Id);

    private static Task<IResult> SendAsync(AppInMemory app, DurableTaskClient client, string function, string body)
    {
        var api = new AdminApi(app.Parts);
        return function switch
        {
            nameof(AdminApi.HaltEntries) => api.HaltEntries(Ask.With(body), Cancel),
            nameof(AdminApi.StartBackfill) => api.StartBackfill(Ask.With(body), client, Cancel),
            nameof(AdminApi.StartBacktest) => api.StartBacktest(Ask.With(body), client, Cancel),
            _ => throw new ArgumentException($"'{function}' takes no order", nameof(function)),
        };
    }
}

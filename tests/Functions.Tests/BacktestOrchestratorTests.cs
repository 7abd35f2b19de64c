using System.Text;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ports;
using FuturesBot.Functions.Backtests;
using FuturesBot.TestKit;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FuturesBot.Functions.Tests;

/// <summary>A backtest in parts on the durable test host, which replays it on every turn.</summary>
public sealed class BacktestOrchestratorTests
{
    private static readonly Symbol Eth = Symbol.Parse("ETHUSDT");
    private static readonly long Day = TimeFrame.D1.Ms();

    // Thresholds with which the regular market of the test gives trades.
    private static readonly BotOptions Bot = new()
    {
        Kernel = KernelOptions.Default with
        {
            Scoring = KernelOptions.Default.Scoring with { EntryThreshold = 2 },
            Risk = KernelOptions.Default.Risk with { CostMaxR = 1, OpenRiskMax = 0.2m },
        },
    };

    private static readonly BacktestPlan Plan = new()
    {
        Symbols = [Symbol.Btc, Eth],
        FromMs = 20 * Day,
        ToMs = 50 * Day,
        GroupSize = 1,
        WindowDays = 15,
        WarmUpDays = 20,
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunBacktest_PartsOnManyMachinesOfWhichOneFailsOnce_GivesTheBytesOfOneMachine()
    {
        using var app = await AppAsync();
        var failures = 0;
        app.Fails = (name, _) => name.EndsWith("/parts/00002.json", StringComparison.Ordinal) && failures++ == 0;
        await using var hub = await HubAsync(app);

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(nameof(BacktestOrchestrator.RunBacktest), Plan, new StartOrchestrationOptions("bt"), Cancel);
        var end = await hub.EndOfAsync(id, Cancel);

        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, end.FailureDetails?.ToString());
        var receipt = end.ReadOutputAs<BacktestReceipt>()!;
        Assert.Equal((4, Plan.Cells().Count), (receipt.Parts, Plan.Cells().Count));
        Assert.Equal(4 + 1 + 1 + 2, app.Writes);   // four parts, one of them twice, the plan, two files

        var everything = new StoredMarket(app.Candles, Listings, await app.Candles.SeriesAsync(Cancel), afterMs: -1, Plan.ToMs);
        var alone = PlannedBacktest.Merge(Plan, PlannedBacktest.RunAll(Plan, Bot.Kernel, everything, new ManualTime(), Cancel));
        Assert.NotEmpty(alone.Trades);
        Assert.Equal(Encoding.UTF8.GetString(alone.Trades), Encoding.UTF8.GetString(app.Result("bt/trades.jsonl")));
        Assert.Equal(Encoding.UTF8.GetString(alone.Summary), Encoding.UTF8.GetString(app.Result("bt/summary.json")));
    }

    [Fact]
    public async Task RunBacktest_ShelfThatStaysAway_FailsVisiblyAndMergesNothing()
    {
        using var app = await AppAsync();
        app.Fails = (name, _) => name.EndsWith("/parts/00001.json", StringComparison.Ordinal);
        await using var hub = await HubAsync(app);

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(nameof(BacktestOrchestrator.RunBacktest), Plan with { ToMs = 35 * Day }, new StartOrchestrationOptions("bt"), Cancel);
        var end = await hub.EndOfAsync(id, Cancel);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("The shelf is away for bt/parts/00001.json", end.FailureDetails!.ToString(), StringComparison.Ordinal);
        Assert.Null(await app.ReadAsync("bt/summary.json", Cancel));
    }

    private static SymbolListing[] Listings => [new(Symbol.Btc, SymbolRules.FromTick(0.01m)), new(Eth, SymbolRules.FromTick(0.01m))];

    private static async Task<AppInMemory> AppAsync()
    {
        var app = new AppInMemory(Bot);
        var bars = GoldenMarket.Bars(96 * 50);
        foreach (var listing in Listings) await app.Candles.AppendAsync(new SeriesInfo(listing.Symbol, TimeFrame.M15), bars, Cancel);
        app.Log.Begin(new(new("exchange", 0, "", 0, 0, 0), Listings));
        return app;
    }

    private static Task<TestHub> HubAsync(AppInMemory app)
    {
        var activities = new BacktestActivities(app.Parts);
        return TestHub.StartAsync(tasks => tasks
            .AddOrchestratorFunc<BacktestPlan, BacktestReceipt>(
                nameof(BacktestOrchestrator.RunBacktest), (context, plan) => BacktestOrchestrator.RunAsync(context, plan, TestHub.QuickRetry))
            .AddActivityFunc<BacktestPart, string>(nameof(BacktestActivities.RunPart), (_, part) => activities.RunPart(part, CancellationToken.None))
            .AddActivityFunc<BacktestMerge, BacktestReceipt>(nameof(BacktestActivities.MergeParts), (_, merge) => activities.MergeParts(merge, CancellationToken.None)));
    }
}

using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.Tests.AzureStorage;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Sharding;
using FuturesBot.Simulator;
using Xunit;

namespace FuturesBot.Sidecar.Tests;

/// <summary>
/// What is asked of the sidecar by queue, carried out against a scripted exchange, and answered in the batches that the kernel takes in:
/// candles, a gap, symbols that come and go, prices.
/// </summary>
[Collection(AzuriteCollection.Name)]
public sealed class CommandTests(AzuriteServer azurite) : IDisposable
{
    private const double Speed = 300;   // an hour of market in twelve seconds
    private const int StepsAhead = 2;   // tens of minutes between the wish to be told and the mark: two to four seconds
    private static readonly long Minute = TimeFrame.M1.Ms();
    private static readonly Symbol Eth = Symbol.Parse("ETHUSDT");
    private static readonly Symbol Sol = Symbol.Parse("SOLUSDT");
    private static readonly Symbol Xrp = Symbol.Parse("XRPUSDT");

    private readonly string _folder = Directory.CreateTempSubdirectory("futuresbot-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Commands_ToARunningSidecar_AreCarriedOutAndAnsweredInBatchesThatTheKernelTakesIn()
    {
        var account = azurite.Account;
        // On a slow machine the sidecar may need longer to come up than the market to change: then with more time once more.
        foreach (var budget in (int[])[8, 24, 72])
        {
            var (prefix, folder) = (azurite.FreshName(), Path.Combine(_folder, $"{budget}"));
            await Life.ClearQueuesAsync(account);
            var changeAtMs = ScriptedMarket.StartMs + ((long)(budget * Speed / 60) * Minute);
            await using var exchange = await new ScriptedMarket(Path.Combine(folder, "market"), changeAtMs).StartAsync(Speed);
            var more = new Dictionary<string, string> { ["FUTURESBOT__UNIVERSE__QUOTE_VOLUME_MIN"] = "0" };
            var (granted, rights) = TemplateRights.Of(account, "sidecarAccess", prefix);
            await using var sidecar = Life.Start(granted, prefix, exchange.Rest, Speed, folder, more: more);
            await sidecar.UntilAsync("ready");
            if (exchange.NowMs > changeAtMs - (long)(2_000 * Speed)) continue;
            await using var kernel = await Kernel.StartAsync(account, prefix, Life.BotOf(exchange.Rest, Speed, folder, more));
            await AskAsync(account, prefix, exchange, kernel, changeAtMs);
            await sidecar.EndAsync();
            Assert.Empty(rights.Refused);
            return;
        }

        Assert.Fail("The sidecar did not come up within a minute");
    }

    private static async Task AskAsync(StorageAccount account, string prefix, SimulatedExchange exchange, Kernel kernel, long changeAtMs)
    {
        var sender = new CommandQueueSender(account.Queue(MarketNames.Commands), new(account, prefix), TimeProvider.System);
        using var store = await AzureStore.OpenAsync(account, prefix, Cancel);

        // Prices: what was reached since the decision (as long ago as the shard has minutes of), and what is reached later.
        var decidedMs = (await new TableBatchLog(account, prefix).SetupAsync("main", Cancel))!.Identity.DecideFromMs;
        var past = (decidedMs - ScriptedMarket.StartMs + (9 * Minute)) / (10 * Minute);   // the first ten whose mark lies behind it
        if (ScriptedMarket.PeakMs(past - 1) >= decidedMs) past--;
        while ((await store.ReadAsync(new(Eth, TimeFrame.M1), ScriptedMarket.PeakMs(past), ScriptedMarket.PeakMs(past) + Minute, cancel: Cancel)).Count == 0)
        {
            Assert.True(exchange.NowMs < changeAtMs + (600 * Minute), "The minute that touched a mark was never stored");
            await Task.Delay(100, Cancel);
            await store.RefreshAsync(Cancel);
        }

        var ahead = ((exchange.NowMs - ScriptedMarket.StartMs) / (10 * Minute)) + StepsAhead;
        await sender.SendAsync(
            "watch",
            new SidecarCommand.WatchLevels(
                "signal", Eth, decidedMs,
                [
                    new("entry", ScriptedMarket.PeakOf(past) - 0.1m, FromBelow: true), new("tp1", ScriptedMarket.PeakOf(ahead) - 0.1m, FromBelow: true),
                    new("stop", ScriptedMarket.Low - 0.01m, FromBelow: false),
                ]),
            Cancel);

        // Candles: of a day of which nothing was loaded.
        var gapMs = ScriptedMarket.StartMs - (24 * 60 * Minute);
        Assert.Empty(await store.ReadAsync(new(Eth, TimeFrame.M1), gapMs, gapMs + (60 * Minute), cancel: Cancel));
        await sender.SendAsync("gap", new SidecarCommand.RepairGap(Eth, TimeFrame.M1, gapMs, gapMs + (60 * Minute)), Cancel);
        await sender.SendAsync("candles", new SidecarCommand.RefreshCandles(TimeFrame.M15, TimeFrame.M15.OpenOf(exchange.NowMs)), Cancel);
        await sender.SendAsync("candles", new SidecarCommand.RefreshCandles(TimeFrame.M15, TimeFrame.M15.OpenOf(exchange.NowMs)), Cancel);   // a timer fires twice
        await sender.SendAsync("wrong", new SidecarCommand.RefreshCandles(TimeFrame.M15, 1), Cancel);
        await sender.SendAsync("chat", new SidecarCommand.TakeChatUpdate("{}"), Cancel);   // there is no chat: it fails for good
        await UntilAsync(
            () => kernel.IsAlive && ((string[])["watch", "gap", "candles", "wrong", "chat"]).All(kernel.Heard.Answers.ContainsKey), "all are answered");

        var answers = kernel.Heard.Answers;
        Assert.Equal((CommandOutcome.Done, "60 candles of ETHUSDT 1m were brought, 0 are missing"), (answers["gap"].Outcome, answers["gap"].Text));
        await store.RefreshAsync(Cancel);
        Assert.Equal(60, (await store.ReadAsync(new(Eth, TimeFrame.M1), gapMs, gapMs + (60 * Minute), cancel: Cancel)).Count);
        Assert.Equal(CommandOutcome.Done, answers["candles"].Outcome);
        Assert.EndsWith("candles of 15m were brought, 0 are missing", answers["candles"].Text, StringComparison.Ordinal);   // some are brought before the streams are read
        Assert.Equal(CommandOutcome.Refused, answers["wrong"].Outcome);
        Assert.Equal(CommandOutcome.Failed, answers["chat"].Outcome);
        Assert.Contains("There is no chat here", answers["chat"].Text, StringComparison.Ordinal);
        Assert.Equal("chat", Assert.Single(await new TablePoisonShelf(account, prefix).ReadAsync(9, Cancel)).Id);
        Assert.Equal(CommandOutcome.Done, answers["watch"].Outcome);
        Assert.Matches($@"^3 levels are watched; 49\.9 to 5[1-9](\.\d)? was traded since {decidedMs}$", answers["watch"].Text);

        // Symbols: one has gone at the exchange, another has come.
        await UntilAsync(() => exchange.NowMs > changeAtMs + (3 * Minute), "the market has changed");
        for (var (asked, text) = (0, ""); text != "3 symbols are wanted, 3 followed"; asked++)
        {
            // As the timer does each hour: while the market is read with a delay, a newcomer waits for the next time.
            Assert.True(asked < 200, $"After {asked} readings of the list it was still said: {text}");
            var id = $"symbols-{asked}";
            await sender.SendAsync(id, new SidecarCommand.RefreshSymbols(), Cancel);
            await UntilAsync(() => kernel.IsAlive && kernel.Heard.Answers.ContainsKey(id), "the symbols were read anew");
            text = kernel.Heard.Answers[id].Text;
        }

        var atMs = kernel.NowMs;
        await UntilAsync(() => kernel.IsAlive && kernel.NowMs > atMs + (35 * Minute), "two more quarters have closed");
        await UntilAsync(() => kernel.IsAlive && kernel.Heard.Crossings.Count >= 2, "both marks are told");

        var (entry, tp1) = (kernel.Heard.Crossings.Single(one => one.Level == "entry"), kernel.Heard.Crossings.Single(one => one.Level == "tp1"));
        Assert.Equal(2, kernel.Heard.Crossings.Count);
        Assert.InRange(entry.AtMs, ScriptedMarket.PeakMs(past), ScriptedMarket.PeakMs(past) + Minute - 1);
        Assert.InRange(tp1.AtMs, ScriptedMarket.PeakMs(ahead), ScriptedMarket.PeakMs(ahead) + Minute - 1);
        Assert.InRange(tp1.MarketPrice, tp1.Price, ScriptedMarket.PeakOf(ahead));
        AssertBatches(await Published.ReadAsync(account, prefix), changeAtMs, exchange.NowMs);
    }

    private static void AssertBatches(IReadOnlyList<MarketBatch> batches, long changeAtMs, long nowMs)
    {
        // No ticks: a batch is of closed candles, or somebody has asked for it, or a mark was reached.
        Assert.DoesNotContain(batches, batch =>
            batch.Candles.Count + batch.Crossings.Count + batch.Answers.Count + batch.Listings.Count + batch.Leaving.Count == 0 && batch.Halt is null);
        Assert.Equal(["entry", "tp1"], batches.SelectMany(batch => batch.Crossings).Select(one => one.Level));
        var minutes = batches.SelectMany(batch => batch.Candles).Where(one => one.Series.Frame == TimeFrame.M1).ToArray();
        Assert.All(minutes, one => Assert.Equal(Eth, one.Series.Symbol));
        Assert.Equal(minutes.Length, minutes.Select(one => one.Candle.OpenTimeMs).Distinct().Count());
        Assert.Equal(minutes.Length - 1, (minutes[^1].Candle.OpenTimeMs - minutes[0].Candle.OpenTimeMs) / Minute);
        Assert.Single(batches.SelectMany(batch => batch.Answers), answer => answer.CommandId == "candles");

        // The newcomer is told from its listing on, whoever has left until then, each quarter once.
        Assert.Equal(Xrp, Assert.Single(batches.SelectMany(batch => batch.Listings)).Symbol);
        Assert.Equal(Sol, Assert.Single(batches.SelectMany(batch => batch.Leaving)));
        var listed = batches.Single(batch => batch.Listings.Count > 0);
        var left = batches.Single(batch => batch.Leaving.Count > 0);
        Assert.InRange(listed.ListedToMs, changeAtMs, nowMs);   // what is published may be far behind the market on a slow machine
        var xrp = Quarters(Xrp);
        Assert.NotEmpty(xrp);
        Assert.Equal(Enumerable.Range(0, xrp.Length).Select(i => xrp[0].OpenMs + (i * TimeFrame.M15.Ms())), xrp.Select(one => one.OpenMs));
        Assert.All(xrp, one => Assert.True(one.Number > listed.Number, $"A quarter of {Xrp} was told before it was listed"));
        Assert.All(Quarters(Sol), one => Assert.True(one.Number < left.Number, $"A quarter of {Sol} was told after it had left"));
        Assert.All(Quarters(Eth).GroupBy(one => one.OpenMs), same => Assert.Single(same));

        (long OpenMs, long Number)[] Quarters(Symbol symbol) =>
        [
            .. batches.SelectMany(batch => batch.Candles.Where(one => one.Series == new Engine.Ports.SeriesInfo(symbol, TimeFrame.M15))
                .Select(one => (one.Candle.OpenTimeMs, batch.Number))),
        ];
    }

    private static async Task UntilAsync(Func<bool> isSo, string what)
    {
        for (var i = 0; i < 1_800; i++)
        {
            if (isSo()) return;
            await Task.Delay(50, Cancel);
        }

        Assert.Fail($"It was not so within 90 s that {what}");
    }
}

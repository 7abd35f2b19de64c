using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Adapters.Tests.AzureStorage;
using FuturesBot.Dashboard;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Telemetry;
using FuturesBot.Simulator.Faults;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FuturesBot.Sidecar.Tests;

/// <summary>Whole sidecars over Azurite and a simulated exchange.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class SidecarTests(AzuriteServer azurite) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("futuresbot-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_AloneOnAMarketAtSpeed_PublishesWhatAKernelAndItsFollowerAgreeOn()
    {
        var (account, prefix) = (azurite.Account, azurite.FreshName());
        await Life.ClearQueuesAsync(account);
        await using var exchange = await Life.ExchangeAsync(speed: 1_800);
        var (granted, rights) = TemplateRights.Of(account, "sidecarAccess", prefix);
        await using var sidecar = Life.Start(granted, prefix, exchange.Rest, exchange.Speed, _folder);
        await sidecar.UntilAsync("ready");
        var bot = Life.BotOf(exchange.Rest, 1, _folder);
        var kernel = await Kernel.StartAsync(account, prefix, bot);
        using var page = new HttpClient { BaseAddress = new(await sidecar.AddressAsync()) };

        await UntilAsync(() => Task.FromResult(kernel.Number >= 6), "six batches are taken in");
        await UntilAsync(async () => await OfAsync(sidecar, AgreementAsync(page)) == "agrees", "both computations agree");

        Published.AssertEachOnce(await Published.ReadAsync(account, prefix), symbols: 3);
        var status = await page.GetFromJsonAsync<JsonElement>("/health/ready", Cancel);
        Assert.Equal("ready", status.GetProperty("status").GetString());
        var symbols = await page.GetFromJsonAsync<JsonElement>("/api/symbols", Cancel);
        Assert.Equal(3, symbols.GetArrayLength());

        Assert.Equal(0, Measured(Metrics.Silent));
        Assert.True(Measured(Metrics.HeartbeatAge) >= 0);

        // A kernel that has to be folded anew writes a line of that into its ledger, and has forgotten what no candle tells.
        await kernel.DisposeAsync();
        (await AzureStore.OpenAsync(account, prefix, Cancel)).Dispose();   // a commit that it was in the middle of would put its state back
        var state = account.Table(prefix + "state");
        await state.ApplyAsync(TableAction.Delete("snapshots", "kernel"), Cancel);
        var readings = new List<string>();
        kernel = await Kernel.StartAsync(account, prefix, bot);
        var before = kernel.Number;
        await UntilAsync(
            async () =>
            {
                readings.Add(await OfAsync(sidecar, AgreementAsync(page)));
                return kernel.IsAlive && kernel.Heard.Rebuilt is not null && readings.Contains("differs") && readings[^1] == "agrees";
            },
            "both computations differ, and agree again",
            () => $"rebuilt: {kernel.Heard.Rebuilt}; batch {kernel.Number}; in turn: {string.Join(' ', readings.Where((one, i) => i == 0 || one != readings[i - 1]).Select(one => one.Length == 0 ? "-" : one))}");
        Assert.True(kernel.Number > before);
        await kernel.DisposeAsync();
        await sidecar.EndAsync();
        Assert.Empty(rights.Refused);
    }

    [Fact]
    public async Task Run_TheQueueComesBackBetweenTwoClosingTimes_TellsOfWhatWaitedAtOnce()
    {
        var (faults, prefix) = (new StorageFaults(), azurite.FreshName());
        await Life.ClearQueuesAsync(azurite.Account);
        await using var exchange = await Life.ExchangeAsync(speed: 1);   // nothing closes for a quarter of an hour but what closes at its start
        await using var sidecar = Life.Start(faults.Of(azurite.Account), prefix, exchange.Rest, exchange.Speed, _folder);
        await sidecar.UntilAsync("ready");
        var (log, events, sent) = (new TableBatchLog(azurite.Account, prefix), azurite.Account.Queue(MarketNames.Events), new SortedSet<long>());
        long answered = 0;
        using (faults.Refuse(StorageFaults.IsMessage))
        {
            var sender = new CommandQueueSender(azurite.Account.Queue(MarketNames.Commands), new(azurite.Account, prefix), TimeProvider.System);
            await sender.SendAsync("halt", new SidecarCommand.HaltEntries(Halt: null), Cancel);
            await UntilAsync(
                async () =>
                {
                    var batch = await log.ReadAsync("main", answered + 1, Cancel);
                    if (batch is not null) answered++;
                    return batch?.Answers.Count > 0;
                },
                "the answer is in the log");
            await ReceiveAsync();
            Assert.DoesNotContain(answered, sent);
        }

        // One message tells of the halt and of its answer, which stands in the log behind it.
        await UntilAsync(
            async () =>
            {
                await ReceiveAsync();
                return sent.Max >= answered;
            },
            "what waited is told");
        await sidecar.EndAsync();

        async Task ReceiveAsync()
        {
            foreach (var one in await events.ReceiveAsync(32, TimeSpan.FromMinutes(5), Cancel)) sent.Add(ShardJson.ReadBatch(one.Body.Span).Number);
        }
    }

    [Fact]
    public async Task Run_WhileTheReplicaBeforeWasBanned_AsksTheExchangeNothingUntilThatIsOver()
    {
        const long BanMs = 8_000;
        var (account, prefix) = (azurite.Account, azurite.FreshName());
        await using var exchange = await Life.ExchangeAsync(speed: 60);
        await using (var first = Life.Start(account, prefix, exchange.Rest, exchange.Speed, Path.Combine(_folder, "first")))
        {
            await first.UntilAsync("ready");
            var values = await AzureStore.OpenAsync(account, prefix, Cancel);
            exchange.Control.Add(new(FaultKind.Ban) { Count = 1, Ms = BanMs });
            var asks = new CommandQueueSender(account.Queue(MarketNames.Commands), new(account, prefix), TimeProvider.System);
            await asks.SendAsync($"symbols-{prefix}", new SidecarCommand.RefreshSymbols(), Cancel);
            await UntilAsync(async () => await values.LoadValueAsync("ban_until_simulated", Cancel) is not null, "the ban is in the store");
            values.Dispose();
        }

        var refused = exchange.Truth.Refused;
        Assert.Equal(1, refused);
        await using var next = Life.Start(account, prefix, exchange.Rest, exchange.Speed, Path.Combine(_folder, "next"));   // another container
        await next.UntilAsync("ready");

        Assert.Equal(refused, exchange.Truth.Refused);
        await next.EndAsync();
    }

    [Fact]
    public async Task Run_TwoProcesses_TheSecondGoesOnWithoutALostOrDoubledCandle()
    {
        var (account, prefix) = (azurite.Account, azurite.FreshName());
        await using var exchange = await Life.ExchangeAsync(speed: 600);
        using var first = SidecarProgram.Start(azurite.Endpoints, prefix, exchange.Rest, exchange.Speed, Path.Combine(_folder, "first"));
        await first.UntilAsync("ready");
        using var second = SidecarProgram.Start(azurite.Endpoints, prefix, exchange.Rest, exchange.Speed, Path.Combine(_folder, "second"));
        await second.UntilAsync("standby");

        await MoreAsync("the first publishes");
        var (code, ended) = await first.TerminateAsync();
        var gentle = await second.UntilAsync("ready");
        using var third = SidecarProgram.Start(azurite.Endpoints, prefix, exchange.Rest, exchange.Speed, Path.Combine(_folder, "third"));
        await third.UntilAsync("standby");
        await MoreAsync("the second goes on");
        await second.FreezeAsync();   // with all that a killed one has, and it does not even close its connections
        var hard = await third.UntilAsync("ready");
        await MoreAsync("the third goes on");
        await second.ThawAsync();   // it still thinks that it holds the market, and publishes
        await second.UntilAsync("standby");
        await MoreAsync("the third is not disturbed");
        second.Kill();

        Assert.True(code == 0, first.Said);
        Assert.True(ended < TimeSpan.FromSeconds(25), $"SIGTERM took {ended}");
        Assert.True(gentle < TimeSpan.FromSeconds(15), $"After SIGTERM the second was ready in {gentle}");
        Assert.True(hard < TimeSpan.FromSeconds(30), $"After SIGSTOP the third was ready in {hard}");
        TestContext.Current.SendDiagnosticMessage($"The next was ready {gentle} after SIGTERM and {hard} after SIGSTOP");
        var batches = await Published.ReadAsync(account, prefix);
        Published.AssertEachOnce(batches, symbols: 3);
        var epochs = string.Join(", ", batches.Select(batch => batch.Epoch).Distinct());
        Assert.True(epochs == "1, 2, 3", $"Published by holders {epochs}: {first.Said}");

        async Task MoreAsync(string what)
        {
            var log = new TableBatchLog(account, prefix);
            var before = (await log.HeadAsync("main", Cancel))!.Number;
            await UntilAsync(async () => (await log.HeadAsync("main", Cancel))!.Number >= before + 2, what);
        }
    }

    [Fact]
    public async Task Run_TheMarketOfTheExchangeHasBegunAnew_StaysUnreadyAndSaysWhy()
    {
        var (account, prefix) = (azurite.Account, azurite.FreshName());
        await using var exchange = await Life.ExchangeAsync(speed: 1);
        using (var writer = await ShardWriter.TakeAsync(account, prefix, "main", TimeProvider.System, NullLogger.Instance, cancel: Cancel))
        {
            var aheadMs = exchange.NowMs + TimeFrame.H1.Ms();
            await writer.BeginAsync(new(new("simulated", 0, "", 0, 0, 0), [new(Symbol.Btc, SymbolRules.FromTick(0.1m))]), Cancel);
            await writer.PublishAsync(new() { Shard = "main", Number = 0, CloseMs = TimeFrame.M15.OpenOf(aheadMs), Leaving = [Symbol.Btc] }, Cancel);
        }

        await using var life = Life.Start(account, prefix, exchange.Rest, exchange.Speed, _folder);
        await UntilAsync(() => Task.FromResult(life.Now.Reason.Contains("has begun anew", StringComparison.Ordinal)), "it says so");

        Assert.Equal((false, "connecting"), (life.Now.IsReady, life.Now.Status));
        Assert.Contains("The exchange's time is 2026-01-10 00:0", life.Now.Reason, StringComparison.Ordinal);
        await life.EndAsync();
    }

    [Fact]
    public async Task Run_WhereTheExchangeRefusesThePlace_StaysUnreadyAndSaysWhy()
    {
        await using var exchange = await Life.ExchangeAsync(speed: 1);
        exchange.Control.Add(new(FaultKind.BlockedRegion));
        await using var sidecar = Life.Start(azurite.Account, azurite.FreshName(), exchange.Rest, exchange.Speed, _folder);
        await sidecar.UntilAsync("refused");
        using var page = new HttpClient { BaseAddress = new(await sidecar.AddressAsync()) };

        using var ready = await page.GetAsync("/health/ready", Cancel);
        using var live = await page.GetAsync("/health/live", Cancel);
        var problem = await ready.Content.ReadFromJsonAsync<JsonElement>(Cancel);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (ready.StatusCode, live.StatusCode));
        Assert.Contains("451", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.False(sidecar.Running.IsCompleted);
        await sidecar.EndAsync();
    }

    [Fact]
    public async Task Page_WithSignIn_AnswersStrangersWithNothingAndTheTraderWithTheMarket()
    {
        const string Token = "a-token-of-thirty-two-characters-";
        await using var exchange = await Life.ExchangeAsync(speed: 60);
        await using var sidecar = Life.Start(
            azurite.Account, azurite.FreshName(), exchange.Rest, exchange.Speed, _folder,
            new() { Port = 0, LoopbackOnly = true, TraderToken = new(Token) });
        await sidecar.UntilAsync("ready");
        using var page = new HttpClient { BaseAddress = new(await sidecar.AddressAsync()) };

        using var stranger = await page.GetAsync("/api/status", Cancel);
        using var signIn = await page.PostAsJsonAsync("/api/session", new { token = Token }, Cancel);
        using var trader = await page.GetAsync("/api/status", Cancel);
        using var health = await page.GetAsync("/health/ready", Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        Assert.True(signIn.IsSuccessStatusCode, $"{signIn.StatusCode}");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (trader.StatusCode, health.StatusCode));
        await sidecar.EndAsync();
    }

    /// <summary>What an exporter reads now; null when nothing is told.</summary>
    private static double? Measured(string metric)
    {
        double? found = null;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == metric) listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => found = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return found;
    }

    // While the page is made anew nobody answers for a moment; a sidecar that has ended says why.
    private static async Task<string> OfAsync(Life sidecar, Task<string> asked)
    {
        try
        {
            return await asked;
        }
        catch (HttpRequestException)
        {
            if (sidecar.Running.IsCompleted) await sidecar.Running;
            return "";
        }
    }

    private static async Task<string> AgreementAsync(HttpClient page)
    {
        using var answer = await page.GetAsync("/api/beats", Cancel);
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) return "reading";   // between two kernels there is no page
        var beats = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement[]>(Cancel);
        return beats!.Where(beat => beat.GetProperty("component").GetString() == "market-events")
            .Select(beat => beat.GetProperty("agreement").GetString()!).FirstOrDefault("");
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo, string what, Func<string>? seen = null)
    {
        for (var i = 0; i < 900; i++)
        {
            if (await isSo()) return;
            await Task.Delay(100, Cancel);
        }

        Assert.Fail($"It was not so within 90 s that {what}; {seen?.Invoke()}");
    }
}

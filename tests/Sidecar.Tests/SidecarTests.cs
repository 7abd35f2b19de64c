using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.Tests.AzureStorage;
using FuturesBot.Dashboard;
using FuturesBot.Engine.Sharding;
using FuturesBot.Simulator.Faults;
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
        await account.Queue(MarketNames.Events).DropAsync(Cancel);   // its name is everybody's: batches of other tests' markets may lie in it
        await using var exchange = await Life.ExchangeAsync(speed: 1_800);
        await using var sidecar = Life.Start(account, prefix, exchange.Rest, exchange.Speed, _folder);
        await sidecar.UntilAsync("ready");
        await using var kernel = await Kernel.StartAsync(account, prefix, Life.BotOf(exchange.Rest, 1, _folder));
        using var page = new HttpClient { BaseAddress = new(await sidecar.AddressAsync()) };

        await UntilAsync(() => Task.FromResult(kernel.IsAlive && kernel.Number >= 6), "six batches are taken in");
        await UntilAsync(async () => await AgreementAsync(page) == "agrees", "both computations agree");

        Published.AssertEachOnce(await Published.ReadAsync(account, prefix), symbols: 3);
        var status = await page.GetFromJsonAsync<JsonElement>("/health/ready", Cancel);
        Assert.Equal("ready", status.GetProperty("status").GetString());
        var symbols = await page.GetFromJsonAsync<JsonElement>("/api/symbols", Cancel);
        Assert.Equal(3, symbols.GetArrayLength());
        await sidecar.EndAsync();
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
        second.Kill();
        var hard = await third.UntilAsync("ready");
        await MoreAsync("the third goes on");

        Assert.True(code == 0, first.Said);
        Assert.True(ended < TimeSpan.FromSeconds(25), $"SIGTERM took {ended}");
        Assert.True(gentle < TimeSpan.FromSeconds(15), $"After SIGTERM the second was ready in {gentle}");
        Assert.True(hard < TimeSpan.FromSeconds(30), $"After SIGKILL the third was ready in {hard}");
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

    private static async Task<string> AgreementAsync(HttpClient page)
    {
        var beats = await page.GetFromJsonAsync<JsonElement[]>("/api/beats", Cancel);
        return beats!.Where(beat => beat.GetProperty("component").GetString() == "market-events")
            .Select(beat => beat.GetProperty("agreement").GetString()!).FirstOrDefault("");
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        for (var i = 0; i < 900; i++)
        {
            if (await isSo()) return;
            await Task.Delay(100, Cancel);
        }

        Assert.Fail($"It was not so within 90 s that {what}");
    }
}

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
        await using var exchange = await Life.ExchangeAsync(speed: 600);
        await using var sidecar = Life.Start(account, prefix, exchange.Rest, exchange.Speed, _folder);
        await sidecar.UntilAsync("ready");
        await using var kernel = await Kernel.StartAsync(account, prefix, Life.BotOf(exchange.Rest, 1, _folder), Path.Combine(_folder, "ledger.jsonl"));
        using var page = new HttpClient { BaseAddress = new(await sidecar.AddressAsync()) };

        await UntilAsync(() => Task.FromResult(kernel.Number >= 6), "six batches are taken in");
        await UntilAsync(async () => await AgreementAsync(page) == "agrees", "both computations agree");

        Published.AssertEachOnce(await Published.ReadAsync(account, prefix), symbols: 3);
        var status = await page.GetFromJsonAsync<JsonElement>("/health/ready", Cancel);
        Assert.Equal("ready", status.GetProperty("status").GetString());
        var symbols = await page.GetFromJsonAsync<JsonElement>("/api/symbols", Cancel);
        Assert.Equal(3, symbols.GetArrayLength());
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

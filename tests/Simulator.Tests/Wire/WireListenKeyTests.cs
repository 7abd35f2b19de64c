using System.Net;
using System.Text;
using System.Text.Json;
using FuturesBot.Simulator.Wire;
using Xunit;

namespace FuturesBot.Simulator.Tests.Wire;

public sealed class WireListenKeyTests
{
    private const long HourMs = 3_600_000;

    [Fact]
    public void Create_WhileValid_IsTheSameKeyAndLastsAnotherHour()
    {
        var keys = new ListenKeys(seed: 1);
        var key = keys.Create("a", 0);

        Assert.Equal(64, key.Length);
        Assert.Equal(key, keys.Create("a", HourMs - 1));
        Assert.Equal(key, keys.Of("a", (2 * HourMs) - 2));
        Assert.NotEqual(key, keys.Create("a", 2 * HourMs));
        Assert.NotEqual(key, keys.Create("b", 0));
    }

    [Fact]
    public async Task Calls_WithoutAKey_AreRefused1125()
    {
        await using var wire = await WireExchange.StartAsync();

        Assert.Equal(-1125, (await CallAsync(wire, HttpMethod.Put)).GetProperty("code").GetInt32());
        Assert.Equal(-1125, (await CallAsync(wire, HttpMethod.Delete)).GetProperty("code").GetInt32());
        var key = (await CallAsync(wire, HttpMethod.Post)).GetProperty("listenKey").GetString()!;
        Assert.Equal(-1125, (await CallAsync(wire, HttpMethod.Put, $"listenKey={key}x")).GetProperty("code").GetInt32());
        Assert.Equal(key, (await CallAsync(wire, HttpMethod.Put, $"listenKey={key}")).GetProperty("listenKey").GetString());
        Assert.Equal("{}", (await CallAsync(wire, HttpMethod.Delete, $"listenKey={key}")).GetRawText());
    }

    [Theory]
    [InlineData("/private/ws/{0}", false)]
    [InlineData("/private/ws?listenKey={0}", false)]
    [InlineData("/private/stream?listenKey={0}", true)]
    [InlineData("/private/stream", true)]
    public async Task Events_OfTheAccount_ComeOnEveryFormOfThePrivateRoute(string path, bool combined)
    {
        await using var wire = await WireExchange.StartAsync();
        var key = (await CallAsync(wire, HttpMethod.Post)).GetProperty("listenKey").GetString()!;
        using var socket = await wire.ConnectAsync(string.Format(path, key));
        if (path == "/private/stream") await socket.SubscribeAsync(key);

        wire.PublishUserEvent("ORDER_TRADE_UPDATE");

        const string Event = """{"e":"ORDER_TRADE_UPDATE"}""";
        Assert.Equal(combined ? $$"""{"stream":"{{key}}","data":{{Event}}}""" : Event, await socket.ReadTextAsync());
    }

    [Fact]
    public async Task Events_WithAFilter_AreTheNamedOnesOnly()
    {
        await using var wire = await WireExchange.StartAsync();
        var key = (await CallAsync(wire, HttpMethod.Post)).GetProperty("listenKey").GetString()!;
        using var socket = await wire.ConnectAsync($"/private/ws?listenKey={key}&events=ACCOUNT_UPDATE/ALGO_UPDATE");

        wire.PublishUserEvent("ORDER_TRADE_UPDATE");
        wire.PublishUserEvent("ALGO_UPDATE");

        Assert.Equal("ALGO_UPDATE", (await socket.ReadAsync()).GetProperty("e").GetString());
    }

    [Fact]
    public async Task Key_AfterAnHourOfMarketTime_ExpiresWithAnEventAndThenSilence()
    {
        await using var wire = await WireExchange.StartAsync(new() { Speed = 600 });
        var key = (await CallAsync(wire, HttpMethod.Post)).GetProperty("listenKey").GetString()!;
        using var socket = await wire.ConnectAsync($"/private/ws/{key}");

        await wire.MoveMarketAsync(HourMs + 60_000);

        var expired = await socket.ReadAsync();
        Assert.Equal(("listenKeyExpired", key), (expired.GetProperty("e").GetString(), expired.GetProperty("listenKey").GetString()));
        Assert.Equal(-1125, (await CallAsync(wire, HttpMethod.Put)).GetProperty("code").GetInt32());
        Assert.NotEqual(key, (await CallAsync(wire, HttpMethod.Post)).GetProperty("listenKey").GetString());
        wire.PublishUserEvent("ORDER_TRADE_UPDATE");
        await socket.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        Assert.Contains("result", await socket.ReadTextAsync());
    }

    [Fact]
    public async Task Key_KeptAlive_LivesOn()
    {
        await using var wire = await WireExchange.StartAsync(new() { Speed = 600 });
        var key = (await CallAsync(wire, HttpMethod.Post)).GetProperty("listenKey").GetString()!;
        await wire.MoveMarketAsync(HourMs / 2);
        await CallAsync(wire, HttpMethod.Put);

        await wire.MoveMarketAsync(HourMs + 60_000);

        Assert.Equal(key, (await CallAsync(wire, HttpMethod.Put)).GetProperty("listenKey").GetString());
    }

    [Fact]
    public async Task Keys_Retired_AreGoneFromRest()
    {
        await using var wire = await WireExchange.StartAsync(new() { Faults = new() { Changes = new() { NoListenKeys = true } } });

        Assert.Equal(-5000, (await CallAsync(wire, HttpMethod.Post)).GetProperty("code").GetInt32());
    }

    private static async Task<JsonElement> CallAsync(WireExchange wire, HttpMethod method, string body = "")
    {
        using var request = new HttpRequestMessage(method, "/fapi/v1/listenKey");
        request.Headers.Add("X-MBX-APIKEY", "simulator");
        if (body.Length > 0) request.Content = new StringContent(body, Encoding.ASCII, "application/x-www-form-urlencoded");
        using var response = await wire.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
    }
}

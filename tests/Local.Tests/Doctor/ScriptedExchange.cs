using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Local.Tests.Doctor;

/// <summary>A server on loopback that answers by path; what has no answer is 404.</summary>
internal sealed class ScriptedExchange : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedExchange(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>Status and body by path.</summary>
    public Dictionary<string, (int Status, string Body)> Answers { get; } = [];

    /// <summary>What a path without an answer of its own gets.</summary>
    public (int Status, string Body) Otherwise { get; set; } = (404, """{"code":-5000,"msg":"Path is invalid"}""");

    public static async Task<ScriptedExchange> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ScriptedExchange(app);
        app.Run(async context =>
        {
            var (status, body) = server.Answers.GetValueOrDefault(context.Request.Path.Value!, server.Otherwise);
            (context.Response.StatusCode, context.Response.ContentType) = (status, "application/json");
            await context.Response.WriteAsync(body);
        });
        await app.StartAsync();
        return server;
    }

    /// <summary>Answers as an exchange with one symbol and an account does.</summary>
    public ScriptedExchange Healthy()
    {
        Answers["/fapi/v1/time"] = (200, $$"""{"serverTime":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}}}""");
        Answers["/fapi/v1/exchangeInfo"] = (200,
            """
            {"rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":2400}],
             "symbols":[{"symbol":"BTCUSDT","contractType":"PERPETUAL","status":"TRADING","underlyingType":"COIN","baseAsset":"BTC",
             "quoteAsset":"USDT","onboardDate":1569398400000,"filters":[
             {"filterType":"PRICE_FILTER","minPrice":"0.1","maxPrice":"1000000","tickSize":"0.1"},
             {"filterType":"LOT_SIZE","minQty":"0.001","maxQty":"1000","stepSize":"0.001"},
             {"filterType":"MIN_NOTIONAL","notional":"100"}]}]}
            """);
        Answers["/fapi/v1/ticker/24hr"] = (200,
            """
            [{"symbol":"BTCUSDT","lastPrice":"100000","openPrice":"99000","highPrice":"101000","lowPrice":"98000","priceChangePercent":"1.0",
              "volume":"1000","quoteVolume":"100000000","closeTime":1767225600000,"count":5}]
            """);
        Answers["/fapi/v1/accountConfig"] = (200, """{"canTrade":true,"canDeposit":true,"canWithdraw":true,"dualSidePosition":false,"multiAssetsMargin":false,"feeTier":0}""");
        return this;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

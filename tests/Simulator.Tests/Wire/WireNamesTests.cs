using FuturesBot.Simulator.Wire;
using Xunit;

namespace FuturesBot.Simulator.Tests.Wire;

public sealed class WireNamesTests
{
    // Every stream that a common client subscribes to, with its route.
    public static TheoryData<string, StreamKind, StreamRoute> Streams => new()
    {
        { "btcusdt@bookTicker", StreamKind.BookTicker, StreamRoute.Public },
        { "!bookTicker", StreamKind.AllBookTickers, StreamRoute.Public },
        { "btcusdt@depth", StreamKind.Depth, StreamRoute.Public },
        { "btcusdt@depth@100ms", StreamKind.Depth, StreamRoute.Public },
        { "btcusdt@depth@500ms", StreamKind.Depth, StreamRoute.Public },
        { "btcusdt@depth5@100ms", StreamKind.PartialDepth, StreamRoute.Public },
        { "btcusdt@depth20", StreamKind.PartialDepth, StreamRoute.Public },
        { "btcusdt@rpiDepth@500ms", StreamKind.RpiDepth, StreamRoute.Public },
        { "btcusdt@trade", StreamKind.Trade, StreamRoute.Public | StreamRoute.Market },
        { "btcusdt@kline_1m", StreamKind.Kline, StreamRoute.Market },
        { "btcusdt@kline_1M", StreamKind.Kline, StreamRoute.Market },
        { "btcusdt_perpetual@continuousKline_4h", StreamKind.ContinuousKline, StreamRoute.Market },
        { "btcusdt@aggTrade", StreamKind.AggTrade, StreamRoute.Market },
        { "btcusdt@markPrice", StreamKind.MarkPrice, StreamRoute.Market },
        { "btcusdt@markPrice@1s", StreamKind.MarkPrice, StreamRoute.Market },
        { "!markPrice@arr@1s", StreamKind.AllMarkPrices, StreamRoute.Market },
        { "btcusdt@ticker", StreamKind.Ticker, StreamRoute.Market },
        { "!ticker@arr", StreamKind.AllTickers, StreamRoute.Market },
        { "btcusdt@miniTicker", StreamKind.MiniTicker, StreamRoute.Market },
        { "!miniTicker@arr", StreamKind.AllMiniTickers, StreamRoute.Market },
        { "btcusdt@forceOrder", StreamKind.ForceOrder, StreamRoute.Market },
        { "!forceOrder@arr", StreamKind.AllForceOrders, StreamRoute.Market },
        { "!contractInfo", StreamKind.ContractInfo, StreamRoute.Market },
        { "!assetIndex@arr", StreamKind.AssetIndex, StreamRoute.Market },
        { "btcusdt@compositeIndex", StreamKind.CompositeIndex, StreamRoute.Market },
        { "tradingSession", StreamKind.TradingSession, StreamRoute.Market },
        { "币安人生usdt@kline_15m", StreamKind.Kline, StreamRoute.Market },
    };

    [Theory, MemberData(nameof(Streams))]
    public void TryParse_EveryStream_IsKnownWithItsRoute(string text, StreamKind kind, StreamRoute routes)
    {
        Assert.True(StreamName.TryParse(text, out var name));
        Assert.Equal((kind, routes), (name.Kind, name.Routes));
    }

    [Theory]
    [InlineData("BTCUSDT@kline_1m")]
    [InlineData("btcusdt@kline_7m")]
    [InlineData("btcusdt@kline_1s")]
    [InlineData("btcusdt@depth7@100ms")]
    [InlineData("btcusdt@depth@50ms")]
    [InlineData("btcusdt@bookticker")]
    [InlineData("btcusdt@continuousKline_1m")]
    [InlineData("@trade")]
    [InlineData("btcusdt")]
    [InlineData("")]
    public void TryParse_NoStream_IsRefused(string text) => Assert.False(StreamName.TryParse(text, out _));

    [Fact]
    public void TryParse_PartialDepth_HasItsLevelsAndItsRate()
    {
        Assert.True(StreamName.TryParse("ethusdt@depth10@500ms", out var name));
        Assert.Equal(("ETHUSDT", 10, 500), (name.Symbol, name.Levels, name.RateMs));
    }
}

using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Streams;

public sealed class StreamTableTests
{
    private static readonly Uri Base = new("wss://fstream.binance.com");

    [Fact]
    public void TextOf_EveryKind_IsTheNameOnTheWire()
    {
        var table = StreamTable.Default;

        Assert.Equal("btcusdt@depth@100ms", table.TextOf(StreamName.Depth(Symbol.Btc)));
        Assert.Equal("btcusdt@bookTicker", table.TextOf(StreamName.BookTicker(Symbol.Btc)));
        Assert.Equal("btcusdt@aggTrade", table.TextOf(StreamName.AggTrade(Symbol.Btc)));
        Assert.Equal("btcusdt@kline_15m", table.TextOf(StreamName.Kline(Symbol.Btc, TimeFrame.M15)));
        Assert.Equal("btcusdt@markPrice@1s", table.TextOf(StreamName.MarkPrice(Symbol.Btc)));
    }

    [Fact]
    public void TextOf_SymbolOfAnotherScript_KeepsItsLetters() =>
        Assert.Equal("币安人生usdt@kline_1m", StreamTable.Default.TextOf(StreamName.Kline(Symbol.Parse("币安人生USDT"), TimeFrame.M1)));

    [Theory]
    [InlineData(StreamKind.Depth, StreamRoute.Public)]
    [InlineData(StreamKind.BookTicker, StreamRoute.Public)]
    [InlineData(StreamKind.AggTrade, StreamRoute.Market)]
    [InlineData(StreamKind.Kline, StreamRoute.Market)]
    [InlineData(StreamKind.MarkPrice, StreamRoute.Market)]
    public void Forms_SinceTheSplitOfTheRoutes_AreThese(StreamKind kind, StreamRoute route) =>
        Assert.Equal(route, StreamTable.Default.Forms.Single(form => form.Kind == kind).Route);

    [Fact]
    public void With_AnotherRoute_ChangesThisKindAlone()
    {
        var table = StreamTable.Default.With(new(StreamKind.Depth, StreamRoute.Market, "@depth@500ms", IsSteady: true));

        Assert.Equal("btcusdt@depth@500ms", table.TextOf(StreamName.Depth(Symbol.Btc)));
        Assert.Equal(StreamRoute.Market, table.FormOf(StreamName.Depth(Symbol.Btc)).Route);
        Assert.Equal(StreamTable.Default.FormOf(StreamName.AggTrade(Symbol.Btc)), table.FormOf(StreamName.AggTrade(Symbol.Btc)));
    }

    [Fact]
    public void Constructor_AKindIsMissing_Throws() =>
        Assert.Throws<ArgumentException>(() => new StreamTable(StreamTable.Default.Forms.Skip(1)));

    [Fact]
    public void AddressOf_Routes_AreTheirPaths()
    {
        Assert.Equal("wss://fstream.binance.com/public/stream", StreamTable.AddressOf(Base, StreamRoute.Public).AbsoluteUri);
        Assert.Equal("wss://fstream.binance.com/private/ws/a%2Fb", StreamTable.AddressOf(Base, StreamRoute.Private, "a/b").AbsoluteUri);
    }
}

using System.Text;
using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Streams;

public sealed class UserEventReaderTests
{
    private const string Order = """
        {"e":"ORDER_TRADE_UPDATE","E":1800000000100,"T":1800000000090,"o":{"s":"BTCUSDT","c":"fb-1","S":"SELL","o":"MARKET","f":"GTC",
        "q":"0.250","p":"0","ap":"60000.5","sp":"59900","x":"TRADE","X":"PARTIALLY_FILLED","i":8886774,"l":"0.100","z":"0.150",
        "L":"60001.0","n":"0.024","N":"USDT","T":1800000000088,"t":77,"b":"0","a":"0","m":false,"R":true,"wt":"CONTRACT_PRICE",
        "ot":"STOP_MARKET","ps":"BOTH","cp":false,"rp":"-3.5","pP":false,"si":0,"ss":0,"V":"EXPIRE_TAKER","pm":"NONE","gtd":0,"er":"0"}}
        """;

    [Fact]
    public void Read_OrderTradeUpdate_HasEveryField()
    {
        var told = Assert.IsType<UserEvent.OrderChanged>(Read(Order));

        Assert.Equal((1800000000100, 1800000000090), (told.EventMs, told.TransactionMs));
        Assert.Equal(
            new OrderUpdate(
                Symbol.Btc, 8886774, "fb-1", "TRADE", OrderStatus.PartiallyFilled, OrderSide.Sell, PositionSide.Both,
                "MARKET", "STOP_MARKET", "GTC", 0.250m, 0m, 59900m, 60000.5m, 0.150m, 60001.0m, 0.100m, 0.024m, "USDT",
                77, 1800000000088, -3.5m, false, true, false, ""),
            told.Order);
    }

    [Fact]
    public void Read_OrderWithoutWhatMayBeMissing_HasNullNotZero()
    {
        var told = Assert.IsType<UserEvent.OrderChanged>(Read("""
            {"e":"ORDER_TRADE_UPDATE","E":2,"T":1,"o":{"s":"币安人生USDT","c":"autoclose-1","S":"BUY","q":"1","p":"1","x":"CALCULATED","X":"NEW_ADL",
            "i":5,"z":"0","T":1,"er":"4","new":{"field":[1]}}}
            """)).Order;

        Assert.Null(told.AveragePrice);
        Assert.Null(told.Commission);
        Assert.Null(told.RealizedProfit);
        Assert.Equal((OrderStatus.Other, PositionSide.Both, "4"), (told.Status, told.PositionSide, told.ExpiryReason));
    }

    [Fact]
    public void Read_AlgoUpdate_HasEveryField()
    {
        var told = Assert.IsType<UserEvent.AlgoOrderChanged>(Read("""
            {"e":"ALGO_UPDATE","T":1750515742297,"E":1750515742303,"o":{"caid":"fb-stop","aid":2148719,"at":"CONDITIONAL","o":"STOP_MARKET",
            "s":"BNBUSDT","S":"SELL","ps":"BOTH","f":"GTC","q":"0.01","X":"TRIGGERED","ai":"991","ap":"750.1","aq":"0.01","act":"MARKET",
            "tp":"750","p":"750","V":"EXPIRE_MAKER","wt":"MARK_PRICE","pm":"NONE","cp":true,"pP":false,"R":false,"tt":1750515742200,"gtd":0,"rm":"","ia":true}}
            """));

        Assert.Equal(
            new AlgoOrderUpdate(
                Symbol.Parse("BNBUSDT"), 2148719, "fb-stop", AlgoOrderStatus.Triggered, OrderSide.Sell, PositionSide.Both,
                "STOP_MARKET", "GTC", 991, 750m, 0.01m, 750m, 750.1m, 0.01m, "MARK_PRICE", false, true, 1750515742200, true, ""),
            told.Order);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("0")]
    [InlineData("\"0\"")]
    [InlineData("null")]
    public void Read_AlgoUpdateBeforeItsTrigger_HasNoOrder(string id)
    {
        var told = Assert.IsType<UserEvent.AlgoOrderChanged>(Read($$$"""
            {"e":"ALGO_UPDATE","T":1,"E":2,"o":{"aid":1,"s":"BNBUSDT","S":"SELL","X":"NEW","ai":{{{id}}},"tt":0}}
            """));

        Assert.Null(told.Order.OrderId);
        Assert.Null(told.Order.TriggerMs);
    }

    [Fact]
    public void Read_AccountUpdate_HasBalancesAndPositions()
    {
        var told = Assert.IsType<UserEvent.AccountChanged>(Read("""
            {"e":"ACCOUNT_UPDATE","E":5,"T":4,"a":{"m":"ORDER","B":[{"a":"USDT","wb":"122.5","cw":"100.1","bc":"-50.2"}],
            "P":[{"s":"BTCUSDT","pa":"-0.5","ep":"60000","bep":"60010","cr":"200","up":"-1.5","mt":"isolated","iw":"0","ps":"SHORT"}]}}
            """));

        Assert.Equal("ORDER", told.Reason);
        Assert.Equal([new("USDT", 122.5m, 100.1m, -50.2m)], told.Balances);
        Assert.Equal([new(Symbol.Btc, PositionSide.Short, -0.5m, 60000m, 60010m, -1.5m, "isolated")], told.Positions);
    }

    [Fact]
    public void Read_AccountUpdateOfFunding_MayHaveNoPositions()
    {
        var told = Assert.IsType<UserEvent.AccountChanged>(Read(
            """{"e":"ACCOUNT_UPDATE","E":5,"T":4,"a":{"m":"FUNDING_FEE","B":[{"a":"USDT","wb":"1"}]}}"""));

        Assert.Empty(told.Positions);
        Assert.Null(told.Balances[0].CrossWallet);
    }

    [Fact]
    public void Read_TradeLite_IsAFill() =>
        Assert.Equal(
            new TradeUpdate(Symbol.Btc, 9, "fb-1", 3, OrderSide.Buy, 60000.1m, 0.2m, true),
            Assert.IsType<UserEvent.Traded>(Read(
                """{"e":"TRADE_LITE","E":5,"T":4,"s":"BTCUSDT","q":"1","p":"0","m":true,"c":"fb-1","S":"BUY","L":"60000.1","l":"0.2","t":3,"i":9}""")).Trade);

    [Fact]
    public void Read_MarginCall_NamesThePositions()
    {
        var told = Assert.IsType<UserEvent.MarginCalled>(Read(
            """{"e":"MARGIN_CALL","E":5,"cw":"3.16","p":[{"s":"BTCUSDT","ps":"LONG","pa":"1.3","mt":"CROSSED","iw":"0","mp":"187.1","up":"-1.1","mm":"1.6"}]}"""));

        Assert.Equal((5, 3.16m), (told.TransactionMs, told.CrossWallet));
        Assert.Equal([new(Symbol.Btc, PositionSide.Long, 1.3m, 187.1m, -1.1m, 1.6m)], told.Positions);
    }

    [Fact]
    public void Read_AccountConfiguration_IsLeverageOrMode()
    {
        Assert.Equal(
            new UserEvent.ConfigurationChanged(5, 4, new(Symbol.Btc, 25), null),
            Read("""{"e":"ACCOUNT_CONFIG_UPDATE","E":5,"T":4,"ac":{"s":"BTCUSDT","l":25}}"""));
        Assert.Equal(
            new UserEvent.ConfigurationChanged(5, 4, null, true), Read("""{"e":"ACCOUNT_CONFIG_UPDATE","E":5,"T":4,"ai":{"j":true}}"""));
    }

    [Fact]
    public void Read_ListenKeyExpired_DoesNotKeepTheKey()
    {
        var told = Read("""{"e":"listenKeyExpired","E":7,"listenKey":"WsCMN0a4KHUPTQuX6IUnqEZfB1inxmv1qR4kbf1LuEjur5VdbzqvyxqG9TSjVVxv"}""");

        Assert.Equal(new UserEvent.ListenKeyExpired(7, 7), told);
    }

    [Fact]
    public void Read_UnknownType_IsKeptAsItCame()
    {
        const string Text = """{"e":"GRID_UPDATE","E":7,"T":6,"gu":{"si":1}}""";

        Assert.Equal(new UserEvent.Unknown(7, 6, "GRID_UPDATE", Text), Read(Text));
    }

    [Theory]
    [InlineData("\"i\":8886774,", "")]                        // which order?
    [InlineData("\"z\":\"0.150\"", "\"z\":\"NaN\"")]
    [InlineData("\"z\":\"0.150\"", "\"z\":\"-1\"")]
    [InlineData("\"q\":\"0.250\"", "\"q\":\"1e30\"")]
    [InlineData("\"q\":\"0.250\"", "\"q\":{}")]
    [InlineData("\"S\":\"SELL\"", "\"S\":\"SIDEWAYS\"")]
    [InlineData("\"X\":\"PARTIALLY_FILLED\"", "\"X\":7")]
    [InlineData("\"s\":\"BTCUSDT\"", "\"s\":\"btc usdt\"")]
    [InlineData("\"E\":1800000000100", "\"E\":\"soon\"")]
    [InlineData("\"o\":{", "\"oo\":{")]
    public void Read_OrderThatCannotBe_IsRefusedAsAWhole(string from, string to)
    {
        Assert.Contains(from, Order);
        Assert.Throws<MalformedException>(() => Read(Order.Replace(from, to)));
    }

    private static UserEvent Read(string text) => UserEventReader.Read(Encoding.UTF8.GetBytes(text));
}

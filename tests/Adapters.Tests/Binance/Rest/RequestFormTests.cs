using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Rest;

public sealed class RequestFormTests
{
    [Theory]
    [InlineData("BTCUSDT", "BTCUSDT")]
    [InlineData("币安人生USDT", "%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT")]
    [InlineData("a b+c/d=e&f?g#h%i~j", "a%20b%2Bc%2Fd%3De%26f%3Fg%23h%25i~j")]
    public void Encoded_AnyText_IsPercentEncodedUtf8(string value, string expected) =>
        Assert.Equal($"symbol={expected}", new RequestForm().Add("symbol", value).Encoded);

    [Theory]
    [InlineData("0.00000001", "0.00000001")]
    [InlineData("1.2300", "1.23")]
    [InlineData("100", "100")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void Encoded_Decimals_HaveNoExponentAndNoZerosAtTheEnd(string value, string expected) =>
        Assert.Equal($"q={expected}", new RequestForm().Add("q", decimal.Parse(value)).Encoded);

    [Fact]
    public void Encoded_WhatIsNull_IsLeftOutAndTheOrderStays()
    {
        var form = new RequestForm().Add("a", 1L).Add("b", (string?)null).Add("c", (decimal?)null).Add("d", true).Add("e", (bool?)null).Add("f", "x");

        Assert.Equal("a=1&d=true&f=x", form.Encoded);
        Assert.Null(form.Value("b"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1234567890123456789012345678901234567")]
    [InlineData("with space")]
    [InlineData("ünicode")]
    public void ClientId_OfAnotherForm_IsAFaultOfOurs(string id) => Assert.Throws<ArgumentException>(() => ClientId.Check(id));

    [Fact]
    public void NewOrder_WithPartsThatContradict_IsAFaultOfOurs()
    {
        var limit = new NewOrder(Symbol.Btc, OrderSide.Buy, OrderType.Limit, 1m, "id") { Price = 5m };
        Assert.Equal("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=5&newClientOrderId=id&newOrderRespType=RESULT", limit.ToForm().Encoded);
        NewOrder[] wrong =
        [
            limit with { Price = null }, limit with { Type = OrderType.Market }, limit with { Quantity = 0 },
            limit with { ReduceOnly = true, PositionSide = PositionSide.Long }, limit with { TimeInForce = TimeInForce.Gtd },
            limit with { GoodTillMs = 5 },
        ];
        Assert.All(wrong, order => Assert.Throws<InvalidOperationException>(() => order.ToForm()));
    }

    [Fact]
    public void NewAlgoOrder_WithPartsThatContradict_IsAFaultOfOurs()
    {
        var stop = EndpointCalls.Stop;
        var trailing = new NewAlgoOrder(Symbol.Btc, OrderSide.Sell, AlgoOrderType.TrailingStopMarket, "t", TriggerPriceKind.ContractPrice, PriceProtect: false)
        {
            Quantity = 1m,
            ReduceOnly = true,
            CallbackPercent = 1.5m,
            ActivatePrice = 70_000m,
        };
        Assert.Contains("callbackRate=1.5", trailing.ToForm().Encoded);
        NewAlgoOrder[] wrong =
        [
            stop with { Quantity = 1m }, stop with { ClosePosition = false }, stop with { ReduceOnly = true }, stop with { TriggerPrice = null },
            stop with { Price = 5m }, stop with { Type = AlgoOrderType.Stop }, stop with { CallbackPercent = 1m },
            trailing with { TriggerPrice = 5m }, trailing with { CallbackPercent = 21m }, trailing with { PositionSide = PositionSide.Short },
        ];
        Assert.All(wrong, order => Assert.Throws<InvalidOperationException>(() => order.ToForm()));
    }
}

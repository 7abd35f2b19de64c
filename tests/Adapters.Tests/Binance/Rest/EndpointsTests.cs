using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Binance.Rest;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Rest;

public sealed class EndpointsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(99, 1)]
    [InlineData(100, 2)]
    [InlineData(499, 2)]
    [InlineData(500, 5)]
    [InlineData(1_000, 5)]
    [InlineData(1_001, 10)]
    [InlineData(1_500, 10)]
    public void Klines_WeighByLimit(int limit, int weight)
    {
        Assert.Equal(new(weight), Endpoints.Klines.CostOf(new RequestForm().Add("limit", limit)));
        Assert.Equal(new(weight), Endpoints.MarkPriceKlines.CostOf(new RequestForm().Add("limit", limit)));
    }

    [Theory]
    [InlineData(5, 2)]
    [InlineData(50, 2)]
    [InlineData(100, 5)]
    [InlineData(500, 10)]
    [InlineData(1_000, 20)]
    public void Depth_WeighsByLimit(int limit, int weight) =>
        Assert.Equal(new(weight), Endpoints.Depth.CostOf(new RequestForm().Add("limit", limit)));

    [Fact]
    public void Costs_OfOneSymbolAndOfAll()
    {
        var one = new RequestForm().Add("symbol", "BTCUSDT");
        (Endpoint Endpoint, int One, int All)[] rows =
        [
            (Endpoints.Ticker24H, 1, 40), (Endpoints.PremiumIndex, 1, 10), (Endpoints.OpenOrders, 1, 40), (Endpoints.OpenAlgoOrders, 1, 40),
        ];
        Assert.All(rows, row => Assert.Equal((row.One, row.All), (row.Endpoint.CostOf(one).Weight, row.Endpoint.CostOf(RequestForm.Empty).Weight)));
    }

    [Fact]
    public void Costs_OfOrdersAndOfLimitsOfTheirOwn()
    {
        Assert.Equal(new(Weight: 0, Orders: 1), Endpoints.PlaceOrder.CostOf(RequestForm.Empty));
        Assert.Equal(new(Weight: 0, Orders: 1), Endpoints.PlaceAlgoOrder.CostOf(RequestForm.Empty));
        Assert.Equal(new(0, 0, ExtraLimit.FuturesData), Endpoints.OpenInterestHistory.CostOf(RequestForm.Empty));
        Assert.Equal(ExtraLimit.Funding, Endpoints.FundingRate.Extra);
        Assert.Equal(ExtraLimit.Funding, Endpoints.FundingInfo.Extra);
    }

    [Fact]
    public void Table_NamesEachEndpointOnce()
    {
        Assert.Equal(Endpoints.All.Count, Endpoints.All.Select(endpoint => endpoint.Name).Distinct().Count());
        Assert.True(Endpoints.All.Count > 35);
    }

    // What moves orders must never be sent twice by a machine that does not know what became of the first.
    [Fact]
    public void Table_OnlyWhatMovesOrdersIsUnsafeToRepeat() => Assert.Equal(
        [
            "POST /fapi/v1/order", "DELETE /fapi/v1/order", "DELETE /fapi/v1/allOpenOrders", "POST /fapi/v1/algoOrder",
            "DELETE /fapi/v1/algoOrder", "DELETE /fapi/v1/algoOpenOrders",
        ],
        Endpoints.All.Where(endpoint => endpoint.Repeat == RepeatRule.OnlyIfNotExecuted).Select(endpoint => endpoint.Name));
}

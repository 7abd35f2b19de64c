using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests;

public sealed class GoldenMarketTests
{
    [Fact]
    public void Bars_FirstAndLast_AreThoseOfTheSpecification()
    {
        var bars = GoldenMarket.Bars(1500);

        Assert.Equal((100.00, 100.25, 99.50, 99.66, 238.0, 31.0), Values(bars[0]));
        Assert.Equal((117.31, 117.39, 117.12, 117.36, 660.0, 2.0), Values(bars[^1]));
    }

    private static (double, double, double, double, double, double) Values(FuturesBot.Domain.Market.Candle bar) =>
        (bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.TakerBuyVolume);
}

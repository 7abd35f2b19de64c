using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class CvdTests : BarIndicatorContract<double>
{
    [Fact]
    public void Update_Midnight_StartsAtTheBarsOwnDelta()
    {
        var bars = GoldenMarket.Bars(97);

        var cvd = new Cvd().Over(bars);

        Assert.Equal(bars[..96].Sum(b => b.Delta), cvd[95]);
        Assert.Equal(bars[96].Delta, cvd[96]);
    }

    [Fact]
    public void Update_BarWithoutTakerVolume_IsUnavailableUntilTheNextDay()
    {
        var bars = GoldenMarket.Bars(97);
        bars[40] = bars[40] with { TakerBuyVolume = double.NaN };

        var cvd = new Cvd().Over(bars);

        Assert.All(cvd[..40], v => Assert.True(double.IsFinite(v)));
        Assert.All(cvd[40..96], v => Assert.True(double.IsNaN(v)));
        Assert.Equal(bars[96].Delta, cvd[96]);
    }

    protected override IIndicator<Candle, double> Create() => new Cvd();
}

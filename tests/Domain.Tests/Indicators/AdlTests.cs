using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class AdlTests : BarIndicatorContract<double>
{
    protected override void AssertDead(double[] values) => Assert.Equal(values[1_006], values[^1]);

    protected override IIndicator<Candle, double> Create() => new Adl();
}

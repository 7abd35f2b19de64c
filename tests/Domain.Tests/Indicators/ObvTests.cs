using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class ObvTests : BarIndicatorContract<double>
{
    protected override void AssertDead(double[] values) => Assert.Equal(values[1_007], values[^1]);

    protected override IIndicator<Candle, double> Create() => new Obv();
}

using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class TrueRangeTests : BarIndicatorContract<double>
{
    protected override void AssertDead(double[] values) => Assert.Equal(0, values[^1]);

    protected override IIndicator<Candle, double> Create() => new TrueRange();
}

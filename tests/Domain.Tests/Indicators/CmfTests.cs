using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class CmfTests : BarIndicatorContract<double>
{
    protected override Dictionary<string, Func<IIndicator<Candle, double>>> Variants => new()
    {
        ["periods"] = () => new Cmf(21),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 0, () => _ = new Cmf(0)),
        ("periods", 100_001, () => _ = new Cmf(100_001)),
    ];

    protected override void AssertDead(double[] values) => Assert.Equal(double.NaN, values[1_007 + 19]);

    protected override IIndicator<Candle, double> Create() => new Cmf(20);
}

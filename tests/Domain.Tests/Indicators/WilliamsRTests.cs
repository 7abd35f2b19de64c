using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class WilliamsRTests : BarIndicatorContract<double>
{
    protected override Dictionary<string, Func<IIndicator<Candle, double>>> Variants => new()
    {
        ["periods"] = () => new WilliamsR(15),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 0, () => _ = new WilliamsR(0)),
        ("periods", 100_001, () => _ = new WilliamsR(100_001)),
    ];

    protected override void AssertDead(double[] values) => Assert.Equal(-50, values[1_007 + 13]);

    protected override IIndicator<Candle, double> Create() => new WilliamsR(14);
}

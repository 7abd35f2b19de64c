using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class CciTests : BarIndicatorContract<double>
{
    protected override Dictionary<string, Func<IIndicator<Candle, double>>> Variants => new()
    {
        ["periods"] = () => new Cci(21),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 1, () => _ = new Cci(1)),
        ("periods", 100_001, () => _ = new Cci(100_001)),
    ];

    protected override void AssertDead(double[] values) => Assert.Equal(double.NaN, values[1_007 + 19]);

    protected override IIndicator<Candle, double> Create() => new Cci(20);
}

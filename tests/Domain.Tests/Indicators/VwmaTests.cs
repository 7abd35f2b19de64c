using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class VwmaTests : BarIndicatorContract<double>
{
    protected override Dictionary<string, Func<IIndicator<Candle, double>>> Variants => new()
    {
        ["periods"] = () => new Vwma(21),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 0, () => _ = new Vwma(0)),
        ("periods", 100_001, () => _ = new Vwma(100_001)),
    ];

    protected override void AssertDead(double[] values) =>
        Assert.Equal(double.NaN, values[1_007 + 19]);

    protected override IIndicator<Candle, double> Create() => new Vwma(20);
}

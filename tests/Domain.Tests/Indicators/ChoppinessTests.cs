using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class ChoppinessTests : BarIndicatorContract<double>
{
    protected override Dictionary<string, Func<IIndicator<Candle, double>>> Variants => new()
    {
        ["periods"] = () => new Choppiness(15),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 1, () => _ = new Choppiness(1)),
        ("periods", 100_001, () => _ = new Choppiness(100_001)),
    ];

    protected override void AssertDead(double[] values) => Assert.Equal(double.NaN, values[1_007 + 14]);

    protected override IIndicator<Candle, double> Create() => new Choppiness(14);
}

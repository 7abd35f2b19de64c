using FuturesBot.Domain.Indicators;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class BollingerTests : ValueIndicatorContract<BollingerReading>
{
    protected override Dictionary<string, Func<IIndicator<double, BollingerReading>>> Variants => new()
    {
        ["periods"] = () => new Bollinger(21, 2),
        ["deviations"] = () => new Bollinger(20, 2.5),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 1, () => _ = new Bollinger(1, 2)),
        ("deviations", 0.0, () => _ = new Bollinger(20, 0)),
        ("deviations", double.NaN, () => _ = new Bollinger(20, double.NaN)),
    ];

    protected override void AssertDead(BollingerReading[] values)
    {
        Assert.Equal(new(101.1, 101.1, 0), values[1_007 + 19]);
        Assert.Equal(double.NaN, values[1_007 + 19].PercentB);
        Assert.Equal(0, values[1_007 + 19].Width);
    }

    protected override IIndicator<double, BollingerReading> Create() => new Bollinger(20, 2);
}

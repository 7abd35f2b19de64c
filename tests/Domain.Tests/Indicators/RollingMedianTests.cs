using FuturesBot.Domain.Indicators;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class RollingMedianTests : ValueIndicatorContract<double>
{
    protected override Dictionary<string, Func<IIndicator<double, double>>> Variants => new()
    {
        ["periods"] = () => new RollingMedian(21),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 0, () => _ = new RollingMedian(0)),
        ("periods", 100_001, () => _ = new RollingMedian(100_001)),
    ];

    protected override void AssertDead(double[] values) => Assert.Equal(101.1, values[1_007 + 19]);

    protected override IIndicator<double, double> Create() => new RollingMedian(20);
}

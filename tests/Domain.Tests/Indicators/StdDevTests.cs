using FuturesBot.Domain.Indicators;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class StdDevTests : ValueIndicatorContract<double>
{
    protected override Dictionary<string, Func<IIndicator<double, double>>> Variants => new()
    {
        ["periods"] = () => new StdDev(21),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 1, () => _ = new StdDev(1)),
        ("periods", 100_001, () => _ = new StdDev(100_001)),
    ];

    protected override void AssertDead(double[] values) => Assert.Equal(0, values[1_007 + 19]);

    protected override IIndicator<double, double> Create() => new StdDev(20);
}

using FuturesBot.Domain.Indicators;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class WmaTests : ValueIndicatorContract<double>
{
    protected override Dictionary<string, Func<IIndicator<double, double>>> Variants => new()
    {
        ["periods"] = () => new Wma(21),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 0, () => _ = new Wma(0)),
        ("periods", 100_001, () => _ = new Wma(100_001)),
    ];

    protected override void AssertDead(double[] values) => Assert.Equal(101.1, values[^1], precision: 9);

    protected override IIndicator<double, double> Create() => new Wma(20);
}

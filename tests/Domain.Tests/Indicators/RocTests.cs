using FuturesBot.Domain.Indicators;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class RocTests : ValueIndicatorContract<double>
{
    protected override Dictionary<string, Func<IIndicator<double, double>>> Variants => new()
    {
        ["periods"] = () => new Roc(15),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 0, () => _ = new Roc(0)),
        ("periods", 100_001, () => _ = new Roc(100_001)),
    ];

    protected override void AssertDead(double[] values) => Assert.Equal(0, values[1_007 + 14]);

    protected override IIndicator<double, double> Create() => new Roc(14);
}

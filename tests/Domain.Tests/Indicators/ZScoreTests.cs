using FuturesBot.Domain.Indicators;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class ZScoreTests : ValueIndicatorContract<double>
{
    protected override Dictionary<string, Func<IIndicator<double, double>>> Variants => new()
    {
        ["periods"] = () => new ZScore(21),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 1, () => _ = new ZScore(1)),
        ("periods", 100_001, () => _ = new ZScore(100_001)),
    ];

    protected override void AssertDead(double[] values) => Assert.Equal(double.NaN, values[1_007 + 19]);

    protected override IIndicator<double, double> Create() => new ZScore(20);
}

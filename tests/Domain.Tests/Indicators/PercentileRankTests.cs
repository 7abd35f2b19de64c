using FuturesBot.Domain.Indicators;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class PercentileRankTests : ValueIndicatorContract<double>
{
    protected override Dictionary<string, Func<IIndicator<double, double>>> Variants => new()
    {
        ["periods"] = () => new PercentileRank(101),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 0, () => _ = new PercentileRank(0)),
        ("periods", 100_001, () => _ = new PercentileRank(100_001)),
    ];

    protected override void AssertDead(double[] values) => Assert.Equal(50, values[^1]);

    protected override IIndicator<double, double> Create() => new PercentileRank(100);
}

using FuturesBot.Domain.Indicators;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class EmaTests : ValueIndicatorContract<double>
{
    protected override Dictionary<string, Func<IIndicator<double, double>>> Variants => new()
    {
        ["periods"] = () => new Ema(21),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 0, () => _ = new Ema(0)),
        ("periods", 100_001, () => _ = new Ema(100_001)),
    ];

    protected override void AssertDead(double[] values) => Assert.Equal(101.1, values[^1], precision: 9);

    protected override IIndicator<double, double> Create() => new Ema(20);
}

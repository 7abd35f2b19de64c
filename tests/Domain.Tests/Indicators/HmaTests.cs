using FuturesBot.Domain.Indicators;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class HmaTests : ValueIndicatorContract<double>
{
    protected override Dictionary<string, Func<IIndicator<double, double>>> Variants => new()
    {
        ["periods"] = () => new Hma(21),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 1, () => _ = new Hma(1)),
        ("periods", 100_001, () => _ = new Hma(100_001)),
    ];

    protected override IIndicator<double, double> Create() => new Hma(20);
}

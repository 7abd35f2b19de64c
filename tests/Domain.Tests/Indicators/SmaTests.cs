using FuturesBot.Domain.Indicators;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class SmaTests : ValueIndicatorContract<double>
{
    protected override Dictionary<string, Func<IIndicator<double, double>>> Variants => new()
    {
        ["periods"] = () => new Sma(21),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 0, () => _ = new Sma(0)),
        ("periods", 100_001, () => _ = new Sma(100_001)),
    ];

    protected override IIndicator<double, double> Create() => new Sma(20);
}

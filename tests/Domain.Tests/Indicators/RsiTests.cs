using FuturesBot.Domain.Indicators;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class RsiTests : ValueIndicatorContract<double>
{
    protected override Dictionary<string, Func<IIndicator<double, double>>> Variants => new()
    {
        ["periods"] = () => new Rsi(15),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 0, () => _ = new Rsi(0)),
        ("periods", 100_001, () => _ = new Rsi(100_001)),
    ];

    protected override IIndicator<double, double> Create() => new Rsi(14);
}

using FuturesBot.Domain.Indicators;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class MacdTests : ValueIndicatorContract<MacdReading>
{
    protected override Dictionary<string, Func<IIndicator<double, MacdReading>>> Variants => new()
    {
        ["fast"] = () => new Macd(11, 26, 9),
        ["slow"] = () => new Macd(12, 27, 9),
        ["signal"] = () => new Macd(12, 26, 10),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("fast", 0, () => _ = new Macd(0, 26, 9)),
        ("slow", 12, () => _ = new Macd(12, 12, 9)),
        ("signal", 0, () => _ = new Macd(12, 26, 0)),
    ];

    protected override IIndicator<double, MacdReading> Create() => new Macd(12, 26, 9);
}

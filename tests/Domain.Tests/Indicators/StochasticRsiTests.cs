using FuturesBot.Domain.Indicators;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class StochasticRsiTests : ValueIndicatorContract<StochasticReading>
{
    protected override Dictionary<string, Func<IIndicator<double, StochasticReading>>> Variants => new()
    {
        ["rsiPeriods"] = () => new StochasticRsi(15, 13, 3, 2),
        ["periods"] = () => new StochasticRsi(14, 12, 3, 2),
        ["signal"] = () => new StochasticRsi(14, 13, 4, 2),
        ["smoothing"] = () => new StochasticRsi(14, 13, 3, 1),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("rsiPeriods", 0, () => _ = new StochasticRsi(0, 14, 3, 1)),
        ("periods", 0, () => _ = new StochasticRsi(14, 0, 3, 1)),
        ("signal", 0, () => _ = new StochasticRsi(14, 14, 0, 1)),
        ("smoothing", 0, () => _ = new StochasticRsi(14, 14, 3, 0)),
    ];

    protected override IIndicator<double, StochasticReading> Create() => new StochasticRsi(14, 13, 3, 2);
}

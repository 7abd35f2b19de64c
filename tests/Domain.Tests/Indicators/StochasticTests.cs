using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class StochasticTests : BarIndicatorContract<StochasticReading>
{
    protected override Dictionary<string, Func<IIndicator<Candle, StochasticReading>>> Variants => new()
    {
        ["periods"] = () => new Stochastic(15, 3, 3),
        ["smoothing"] = () => new Stochastic(14, 2, 3),
        ["signal"] = () => new Stochastic(14, 3, 4),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 0, () => _ = new Stochastic(0, 3, 3)),
        ("smoothing", 0, () => _ = new Stochastic(14, 0, 3)),
        ("signal", 0, () => _ = new Stochastic(14, 3, 0)),
    ];

    protected override void AssertDead(StochasticReading[] values) =>
        Assert.Equal(50, values[1_007 + 13 + 2 + 2].D, precision: 9);

    protected override IIndicator<Candle, StochasticReading> Create() => new Stochastic(14, 3, 3);
}

using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class SuperTrendTests : BarIndicatorContract<SuperTrendReading>
{
    protected override Dictionary<string, Func<IIndicator<Candle, SuperTrendReading>>> Variants => new()
    {
        ["periods"] = () => new SuperTrend(11, 3),
        ["ranges"] = () => new SuperTrend(10, 2.9),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 0, () => _ = new SuperTrend(0, 3)),
        ("ranges", 0.0, () => _ = new SuperTrend(10, 0)),
    ];

    protected override IIndicator<Candle, SuperTrendReading> Create() => new SuperTrend(10, 3);
}

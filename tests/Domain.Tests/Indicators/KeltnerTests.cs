using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class KeltnerTests : BarIndicatorContract<KeltnerReading>
{
    protected override Dictionary<string, Func<IIndicator<Candle, KeltnerReading>>> Variants => new()
    {
        ["periods"] = () => new Keltner(21, 2, 10),
        ["ranges"] = () => new Keltner(20, 2.1, 10),
        ["atrPeriods"] = () => new Keltner(20, 2, 11),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 0, () => _ = new Keltner(0, 2, 10)),
        ("ranges", -1.0, () => _ = new Keltner(20, -1, 10)),
        ("atrPeriods", 0, () => _ = new Keltner(20, 2, 0)),
    ];

    protected override IIndicator<Candle, KeltnerReading> Create() => new Keltner(20, 2, 10);
}

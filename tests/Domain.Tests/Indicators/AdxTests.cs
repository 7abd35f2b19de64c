using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class AdxTests : BarIndicatorContract<AdxReading>
{
    protected override Dictionary<string, Func<IIndicator<Candle, AdxReading>>> Variants => new()
    {
        ["periods"] = () => new Adx(15),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 0, () => _ = new Adx(0)),
        ("periods", 100_001, () => _ = new Adx(100_001)),
    ];

    protected override IIndicator<Candle, AdxReading> Create() => new Adx(14);
}

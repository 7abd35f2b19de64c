using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class AtrTests : BarIndicatorContract<double>
{
    protected override Dictionary<string, Func<IIndicator<Candle, double>>> Variants => new()
    {
        ["periods"] = () => new Atr(15),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 0, () => _ = new Atr(0)),
        ("periods", 100_001, () => _ = new Atr(100_001)),
    ];

    protected override IIndicator<Candle, double> Create() => new Atr(14);
}

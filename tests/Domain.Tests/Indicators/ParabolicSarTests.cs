using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class ParabolicSarTests : BarIndicatorContract<ParabolicSarReading>
{
    protected override Dictionary<string, Func<IIndicator<Candle, ParabolicSarReading>>> Variants => new()
    {
        ["step"] = () => new ParabolicSar(0.03, 0.2),
        ["max"] = () => new ParabolicSar(0.02, 0.1),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("step", 0.0, () => _ = new ParabolicSar(0, 0.2)),
        ("max", 1.5, () => _ = new ParabolicSar(0.02, 1.5)),
    ];

    protected override IIndicator<Candle, ParabolicSarReading> Create() => new ParabolicSar(0.02, 0.2);
}

using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class VortexTests : BarIndicatorContract<VortexReading>
{
    protected override Dictionary<string, Func<IIndicator<Candle, VortexReading>>> Variants => new()
    {
        ["periods"] = () => new Vortex(15),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 0, () => _ = new Vortex(0)),
        ("periods", 100_001, () => _ = new Vortex(100_001)),
    ];

    protected override void AssertDead(VortexReading[] values) =>
        Assert.Equal(new(double.NaN, double.NaN), values[1_007 + 14]);

    protected override IIndicator<Candle, VortexReading> Create() => new Vortex(14);
}

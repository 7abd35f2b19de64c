using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class DonchianTests : BarIndicatorContract<DonchianReading>
{
    protected override Dictionary<string, Func<IIndicator<Candle, DonchianReading>>> Variants => new()
    {
        ["periods"] = () => new Donchian(21),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 0, () => _ = new Donchian(0)),
        ("periods", 100_001, () => _ = new Donchian(100_001)),
    ];

    protected override void AssertDead(DonchianReading[] values) =>
        Assert.Equal(new(101.1, 101.1), values[1_007 + 20]);

    protected override IIndicator<Candle, DonchianReading> Create() => new Donchian(20);
}

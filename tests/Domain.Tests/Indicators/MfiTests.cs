using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class MfiTests : BarIndicatorContract<double>
{
    protected override Dictionary<string, Func<IIndicator<Candle, double>>> Variants => new()
    {
        ["periods"] = () => new Mfi(15),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 0, () => _ = new Mfi(0)),
        ("periods", 100_001, () => _ = new Mfi(100_001)),
    ];

    protected override void AssertDead(double[] values) => Assert.Equal(50, values[1_007 + 13]);

    protected override IIndicator<Candle, double> Create() => new Mfi(14);
}

using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class VolumeRatioTests : BarIndicatorContract<double>
{
    protected override Dictionary<string, Func<IIndicator<Candle, double>>> Variants => new()
    {
        ["periods"] = () => new VolumeRatio(21),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 0, () => _ = new VolumeRatio(0)),
        ("periods", 100_001, () => _ = new VolumeRatio(100_001)),
    ];

    protected override void AssertDead(double[] values) => Assert.Equal(double.NaN, values[^1]);

    protected override IIndicator<Candle, double> Create() => new VolumeRatio(20);
}

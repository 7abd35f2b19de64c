using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class AwesomeOscillatorTests : BarIndicatorContract<double>
{
    protected override Dictionary<string, Func<IIndicator<Candle, double>>> Variants => new()
    {
        ["fast"] = () => new AwesomeOscillator(6, 34),
        ["slow"] = () => new AwesomeOscillator(5, 35),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("fast", 0, () => _ = new AwesomeOscillator(0, 34)),
        ("slow", 5, () => _ = new AwesomeOscillator(5, 5)),
    ];

    protected override void AssertDead(double[] values) => Assert.Equal(0, values[^1], precision: 9);

    protected override IIndicator<Candle, double> Create() => new AwesomeOscillator(5, 34);
}

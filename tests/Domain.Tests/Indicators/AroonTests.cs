using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class AroonTests : BarIndicatorContract<AroonReading>
{
    protected override Dictionary<string, Func<IIndicator<Candle, AroonReading>>> Variants => new()
    {
        ["periods"] = () => new Aroon(26),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("periods", 0, () => _ = new Aroon(0)),
        ("periods", 100_001, () => _ = new Aroon(100_001)),
    ];

    [Fact]
    public void Update_AnyBar_MatchesALookAtTheWholeWindow()
    {
        var readings = Create().Over(Market);

        for (var i = 25; i < Market.Length; i++)
        {
            var window = Market[(i - 25)..(i + 1)];
            var highest = Array.FindIndex(window, b => b.High == window.Max(w => w.High));
            var lowest = Array.FindIndex(window, b => b.Low == window.Min(w => w.Low));
            Assert.Equal(new AroonReading(highest * 4, lowest * 4), readings[i]);
        }
    }

    protected override IIndicator<Candle, AroonReading> Create() => new Aroon(25);
}

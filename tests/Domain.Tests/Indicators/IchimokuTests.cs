using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class IchimokuTests : BarIndicatorContract<IchimokuReading>
{
    protected override Dictionary<string, Func<IIndicator<Candle, IchimokuReading>>> Variants => new()
    {
        ["tenkan"] = () => new Ichimoku(8, 26, 52, 26),
        ["kijun"] = () => new Ichimoku(9, 27, 52, 26),
        ["senkouB"] = () => new Ichimoku(9, 26, 53, 26),
        ["displacement"] = () => new Ichimoku(9, 26, 52, 25),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
    [
        ("tenkan", 0, () => _ = new Ichimoku(0, 26, 52, 26)),
        ("kijun", 9, () => _ = new Ichimoku(9, 9, 52, 26)),
        ("senkouB", 26, () => _ = new Ichimoku(9, 26, 26, 26)),
        ("displacement", 0, () => _ = new Ichimoku(9, 26, 52, 0)),
    ];

    [Fact]
    public void Update_Cloud_IsWhatWasLeadingBefore()
    {
        var readings = Create().Over(Market);

        for (var i = 26; i < readings.Length; i++)
        {
            Assert.Equal(readings[i - 26].LeadingA, readings[i].SenkouA);
            Assert.Equal(readings[i - 26].LeadingB, readings[i].SenkouB);
            Assert.Equal(Market[i - 26].Close, readings[i].PastClose);
        }
    }

    [Fact]
    public void Update_Lines_AreTheMiddlesOfTheRanges()
    {
        var readings = Create().Over(Market);

        for (var i = 51; i < readings.Length; i++)
        {
            Assert.Equal(Middle(i, 9), readings[i].Tenkan);
            Assert.Equal(Middle(i, 26), readings[i].Kijun);
            Assert.Equal(Middle(i, 52), readings[i].LeadingB);
            Assert.Equal((Middle(i, 9) + Middle(i, 26)) / 2, readings[i].LeadingA);
        }
    }

    private double Middle(int last, int bars)
    {
        var window = Market[(last - bars + 1)..(last + 1)];
        return (window.Max(b => b.High) + window.Min(b => b.Low)) / 2;
    }

    protected override IIndicator<Candle, IchimokuReading> Create() => new Ichimoku(9, 26, 52, 26);
}

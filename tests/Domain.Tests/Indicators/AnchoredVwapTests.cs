using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class AnchoredVwapTests : BarIndicatorContract<VwapReading>
{
    protected override Dictionary<string, Func<IIndicator<Candle, VwapReading>>> Variants => new()
    {
        ["anchorOpenTimeMs"] = () => new AnchoredVwap(TimeFrame.H4.Ms()),
    };

    protected override string[] AnyValueAllowed => ["anchorOpenTimeMs"];

    [Fact]
    public void Update_BeforeTheAnchor_IsUnavailable()
    {
        var bars = GoldenMarket.Bars(10);

        var readings = new AnchoredVwap(bars[4].OpenTimeMs).Over(bars);

        Assert.All(readings[..4], r => Assert.False(r.IsAvailable));
        Assert.Equal(bars[4].Typical, readings[4].Value, precision: 12);
        Assert.Equal(0, readings[4].Sigma);
    }

    [Fact]
    public void Restart_PastBarsGivenOnceMore_IsAsIfAnchoredThereFromTheStart()
    {
        var bars = GoldenMarket.Bars(300);
        var moved = new AnchoredVwap(bars[0].OpenTimeMs);
        moved.Over(bars);

        moved.Restart(bars[120].OpenTimeMs);
        var reading = moved.Over(bars[120..])[^1];

        Assert.Equal(new AnchoredVwap(bars[120].OpenTimeMs).Over(bars)[^1], reading);
        Assert.Equal(reading, moved.Current);
    }

    // tp 10 (v 1), 13 (v 2): VWAP 36/3 = 12, σ² = (1·4 + 2·1)/3 = 2
    [Fact]
    public void Update_TwoBars_MatchesHandCalculation()
    {
        Candle[] bars = [new(0, 10, 10, 10, 10, 1), new(TimeFrame.M15.Ms(), 13, 13, 13, 13, 2)];

        var reading = new AnchoredVwap(0).Over(bars)[^1];

        Assert.Equal(12, reading.Value, precision: 12);
        Assert.Equal(Math.Sqrt(2), reading.Sigma, precision: 12);
        Assert.Equal(12 + Math.Sqrt(2), reading.Upper1, precision: 12);
        Assert.Equal(12 - Math.Sqrt(2), reading.Lower1, precision: 12);
        Assert.Equal(12 + (2 * Math.Sqrt(2)), reading.Upper2, precision: 12);
        Assert.Equal(12 - (2 * Math.Sqrt(2)), reading.Lower2, precision: 12);
    }

    protected override IIndicator<Candle, VwapReading> Create() => new AnchoredVwap(0);
}

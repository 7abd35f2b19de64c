using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class DailyVwapTests : BarIndicatorContract<VwapReading>
{
    // Spec 1.10, row 8: days are those of the calendar, not blocks of a count that begins in 1970.
    [Fact]
    public void Update_DataThatStartsAtNoon_StartsAnewAtMidnight()
    {
        var bars = GoldenMarket.Bars(96, openTimeMs: 48 * TimeFrame.M15.Ms());

        var vwap = new DailyVwap().Over(bars);

        Assert.Equal(bars[48].Typical, vwap[48].Value, precision: 12);
        Assert.NotEqual(bars[47].Typical, vwap[47].Value, precision: 6);
    }

    protected override IIndicator<Candle, VwapReading> Create() => new DailyVwap();
}

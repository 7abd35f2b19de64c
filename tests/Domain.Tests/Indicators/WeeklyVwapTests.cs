using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class WeeklyVwapTests : BarIndicatorContract<VwapReading>
{
    [Theory]
    [InlineData("2025-12-08", "2025-12-08")]   // a Monday
    [InlineData("2025-12-14", "2025-12-08")]   // the Sunday after it
    [InlineData("1970-01-01", "1969-12-29")]
    public void MondayOf_AnyDay_IsTheMondayAtOrBefore(string day, string monday) =>
        Assert.Equal(Ms(monday), WeeklyVwap.MondayOf(Ms(day) + 3_600_000));

    [Fact]
    public void Update_Monday_StartsAnew()
    {
        var bars = GoldenMarket.Bars(14 * 24, TimeFrame.H1, Ms("2025-12-05"));
        var monday = Array.FindIndex(bars, b => b.OpenTimeMs == Ms("2025-12-08"));

        var vwap = new WeeklyVwap().Over(bars);

        Assert.Equal(bars[monday].Typical, vwap[monday].Value, precision: 12);
        Assert.Equal(new AnchoredVwap(Ms("2025-12-08")).Over(bars)[monday + 167], vwap[monday + 167]);
        Assert.Equal(bars[monday + 168].Typical, vwap[monday + 168].Value, precision: 12);
    }

    protected override IIndicator<Candle, VwapReading> Create() => new WeeklyVwap();

    private static long Ms(string day) => DateTimeOffset.Parse(day + "T00:00Z").ToUnixTimeMilliseconds();
}

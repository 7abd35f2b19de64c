using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class SessionVwapTests : BarIndicatorContract<VwapReading>
{
    private const long Hour = 3_600_000;

    // Bars in which a session is open; those between 22 and 24 have a test of their own.
    private static readonly Candle[] InSession =
        [.. GoldenMarket.Bars(3_500).Where(b => b.OpenTimeMs / Hour % 24 < 22)];

    protected override Candle[] Market => InSession;

    protected override Dictionary<string, Func<IIndicator<Candle, VwapReading>>> Variants => new()
    {
        ["sessions"] = () => new SessionVwap([new("Asia", 0, 9), new("Rest", 9, 24)]),
    };

    protected override (string Parameter, object Value, Action Create)[] Invalid =>
        [("sessions", 0, () => _ = new SessionVwap([]))];

    [Theory]
    [InlineData(0, "Asia", 0)]
    [InlineData(6, "Asia", 0)]
    [InlineData(7, "Europe", 7)]     // Asia is still open, Europe started last
    [InlineData(12, "Europe", 7)]
    [InlineData(13, "US", 13)]
    [InlineData(15, "US", 13)]
    [InlineData(21, "US", 13)]
    public void Update_HourOfTheDay_UsesTheSessionThatStartedLast(int hour, string session, int since)
    {
        var bars = GoldenMarket.Bars(24, TimeFrame.H1);
        var vwap = new SessionVwap();

        var reading = vwap.Over(bars[..(hour + 1)])[^1];

        Assert.Equal(session, vwap.Current?.Name);
        Assert.Equal(new AnchoredVwap(since * Hour).Over(bars[..(hour + 1)])[^1], reading);
    }

    [Theory]
    [InlineData(22)]
    [InlineData(23)]
    public void Update_NoSessionOpen_IsUnavailable(int hour)
    {
        var vwap = new SessionVwap();

        Assert.False(vwap.Over(GoldenMarket.Bars(hour + 1, TimeFrame.H1))[^1].IsAvailable);
        Assert.Null(vwap.Current);
        Assert.True(vwap.Of(2).IsAvailable);   // the US session's last word can still be asked for
    }

    [Fact]
    public void Update_NextDay_StartsEachSessionAnew()
    {
        var bars = GoldenMarket.Bars(24 + 8, TimeFrame.H1);

        var reading = new SessionVwap().Over(bars)[24 + 3];

        Assert.Equal(new AnchoredVwap(24 * Hour).Over(bars)[24 + 3], reading);
    }

    [Fact]
    public void StartOf_SessionOverMidnight_BelongsToTheDayItStarted()
    {
        var night = new TradingSession("Night", 22, 6);

        Assert.Equal(22 * Hour, night.StartOf(23 * Hour));
        Assert.Equal(22 * Hour, night.StartOf(29 * Hour));
        Assert.Null(night.StartOf(30 * Hour));
        Assert.Equal(-2 * Hour, night.StartOf(-1 * Hour));
    }

    [Theory]
    [InlineData(24, 8, "startHour")]
    [InlineData(-1, 8, "startHour")]
    [InlineData(0, 0, "endHour")]
    [InlineData(0, 25, "endHour")]
    public void TradingSession_HourOutOfTheDay_IsRefused(int start, int end, string parameter) =>
        Assert.Equal(
            parameter,
            Assert.Throws<ArgumentOutOfRangeException>(() => new TradingSession("x", start, end)).ParamName);

    protected override IIndicator<Candle, VwapReading> Create() => new SessionVwap();
}

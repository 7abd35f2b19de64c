using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Analysis;

public sealed class PriceActionPatternsTests
{
    [Theory]
    // Range 10 from 100 to 110. Lower wick 7 ≥ 2 × body 1 and ≥ 6; upper 2 ≤ 2.5; close 2 below the high ≤ 4.
    [InlineData(107, 110, 100, 108, true)]
    [InlineData(106, 110, 100, 109.5, false)]   // wick 6, body 3.5: less than two bodies
    [InlineData(105.5, 110, 100, 107, false)]   // wick 5.5: less than 60 % of the range
    [InlineData(106.5, 110, 100, 107.4, false)] // upper wick 2.6: more than a quarter
    [InlineData(100, 100, 100, 100, false)]     // no range at all
    public void IsPinBar_LongAndMirrored_FollowsTheFourParts(
        double open, double high, double low, double close, bool expected)
    {
        var bar = Hand.Bar(0, open, high, low, close);
        var mirrored = Hand.Bar(0, 200 - open, 200 - low, 200 - high, 200 - close);

        Assert.Equal(expected, PriceActionPatterns.IsPinBar(bar, Side.Long));
        Assert.Equal(expected, PriceActionPatterns.IsPinBar(mirrored, Side.Short));
        Assert.False(PriceActionPatterns.IsPinBar(bar, Side.Short));
    }

    [Theory]
    [InlineData(104, 100, 100, 103.2, true)]     // covers 3.2 of 4: exactly 80 %
    [InlineData(104, 100, 100, 103.1, false)]
    [InlineData(104, 100, 99, 105, true)]
    [InlineData(100, 104, 100, 106, false)]      // the bar before was up as well
    [InlineData(104, 104, 100, 106, false)]      // the bar before had no body
    public void IsEngulfing_UpAfterDown_CoversTheBodyBefore(
        double openBefore, double closeBefore, double open, double close, bool expected)
    {
        var before = Hand.Bar(0, openBefore, 110, 90, closeBefore);
        var bar = Hand.Bar(1, open, 110, 90, close);
        var (beforeMirrored, barMirrored) =
            (Hand.Bar(0, 200 - openBefore, 110, 90, 200 - closeBefore), Hand.Bar(1, 200 - open, 110, 90, 200 - close));

        Assert.Equal(expected, PriceActionPatterns.IsEngulfing(before, bar, Side.Long));
        Assert.Equal(expected, PriceActionPatterns.IsEngulfing(beforeMirrored, barMirrored, Side.Short));
        Assert.False(PriceActionPatterns.IsEngulfing(before, bar, Side.Short));
    }

    [Theory]
    [InlineData(109, 101, true)]
    [InlineData(110, 101, true)]     // one edge may be shared
    [InlineData(110, 100, false)]    // the same bar is not inside
    [InlineData(111, 101, false)]
    public void IsInside_HighAndLowWithinTheMother_IsRecognised(double high, double low, bool expected) =>
        Assert.Equal(
            expected,
            PriceActionPatterns.IsInside(Hand.Bar(0, 105, 110, 100, 105), Hand.Bar(1, 105, high, low, 105)));

    [Theory]
    [InlineData(99, 103, true)]      // below the mother's low, back within the inside bar
    [InlineData(100, 103, false)]    // touched it only
    [InlineData(99, 101.5, false)]   // closed below the inside bar's low
    public void IsFakey_FalseBreakOfTheMother_PointsTheOtherWay(double low, double close, bool expected)
    {
        Candle[] bars =
            [Hand.Bar(0, 105, 110, 100, 105), Hand.Bar(1, 105, 107, 102, 105), Hand.Bar(2, 104, 105, low, close)];

        var found = PriceActionPatterns.Of(Hand.Series(bars), Side.Long);

        Assert.Equal(expected, found.HasFlag(PriceActionPattern.Fakey));
        Assert.False(PriceActionPatterns.Of(Hand.Series(bars), Side.Short).HasFlag(PriceActionPattern.Fakey));
    }

    [Fact]
    public void Of_SeveralPatternsAtOnce_NamesThemAll()
    {
        // Inside the bar before, and an engulfing of its body.
        Candle[] bars = [Hand.Bar(0, 104, 110, 100, 103), Hand.Bar(1, 102.5, 105, 102, 104.5)];

        Assert.Equal(
            PriceActionPattern.Engulfing | PriceActionPattern.InsideBar,
            PriceActionPatterns.Of(Hand.Series(bars), Side.Long));
        Assert.Equal(PriceActionPattern.None, PriceActionPatterns.Of(Hand.Series([]), Side.Long));
    }
}

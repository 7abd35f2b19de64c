using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Analysis;

public sealed class BtcFilterTests
{
    private static readonly long HourMs = TimeFrame.H1.Ms();
    private static readonly long MinuteMs = TimeFrame.M1.Ms();

    [Fact]
    public void Change3_FourBars_IsTheChangeOverThree()
    {
        var filter = new BtcFilter();
        foreach (var (hour, close) in new[] { (0, 100.0), (1, 90), (2, 95) }) filter.Update(Bar(hour, close));
        Assert.True(double.IsNaN(filter.Change3));

        filter.Update(Bar(3, 101));

        Assert.Equal(0.01, filter.Change3, precision: 12);
        Assert.Equal(4 * HourMs, filter.CloseMs);
    }

    [Fact]
    public void Change3_AMissingBarAmongThem_IsUnavailable()
    {
        var filter = new BtcFilter();
        foreach (var hour in new[] { 0, 1, 3, 4 }) filter.Update(Bar(hour, 100));
        Assert.True(double.IsNaN(filter.Change3));

        foreach (var hour in new[] { 5, 6 }) filter.Update(Bar(hour, 100));
        Assert.Equal(0, filter.Change3);
    }

    [Theory]
    [InlineData(100.75, 99.25, true)]     // 1.5 % of the open 100
    [InlineData(100.74, 99.25, false)]
    public void BlocksMeanReversion_AfterAnImpulse_ForThirtyMinutesFromItsClose(double high, double low, bool blocks)
    {
        var filter = new BtcFilter();
        filter.Update(Hand.Bar(7, 100, high, low, 100, frame: TimeFrame.H1));
        var closeMs = 8 * HourMs;

        Assert.Equal(blocks, filter.IsImpulse);
        Assert.False(filter.BlocksMeanReversion(closeMs - 1));
        Assert.Equal(blocks, filter.BlocksMeanReversion(closeMs));
        Assert.Equal(blocks, filter.BlocksMeanReversion(closeMs + (15 * MinuteMs)));
        Assert.False(filter.BlocksMeanReversion(closeMs + (30 * MinuteMs)));
    }

    [Fact]
    public void BlocksMeanReversion_AtrHalfAboveItsMean_IsExpansion()
    {
        // 40 bars of true range 0.1: ATR 0.1. Then TR 1.4 each (below an impulse of 1.5 % of 100).
        // ATR: 0.1929, 0.2791, …; mean of ten: 0.1093, 0.1272, …: the first such bar is an expansion already.
        var filter = new BtcFilter();
        for (var i = 0; i < 40; i++) filter.Update(Hand.Bar(i, 100, 100.05, 99.95, 100, frame: TimeFrame.H1));
        Assert.False(filter.IsExpansion);

        var (atr, atrs) = (0.1, Enumerable.Repeat(0.1, 10).ToList());
        var expansions = 0;
        for (var i = 40; i < 55; i++)
        {
            filter.Update(Hand.Bar(i, 100, 100.7, 99.3, 100, frame: TimeFrame.H1));
            atr = ((atr * 13) + 1.4) / 14;
            atrs.Add(atr);
            Assert.Equal(atr > 1.5 * atrs[^10..].Average(), filter.IsExpansion);
            Assert.False(filter.IsImpulse);
            if (filter.IsExpansion) expansions++;
            Assert.Equal(filter.IsExpansion, filter.BlocksMeanReversion((i + 1) * HourMs));
        }

        Assert.True(expansions > 0);
    }

    [Theory]
    [InlineData(0.002, Bias.Bullish)]
    [InlineData(-0.002, Bias.Bearish)]
    [InlineData(0.0001, Bias.Neutral)]    // EMA20 leads EMA50 by about 15 bars' way: 0.15 %
    public void Bias_SteadyDrift_LeansBeyondTheDeadBandOnly(double drift, Bias expected)
    {
        var filter = new BtcFilter();
        var price = 100.0;
        for (var i = 0; i < 200; i++)
        {
            if (i < 49) Assert.Equal(Bias.Neutral, filter.Bias);
            filter.Update(Bar(i, price *= 1 + drift));
        }

        Assert.Equal(expected, filter.Bias);
        Assert.Equal(expected == Bias.Bullish, filter.Bias.Favours(Side.Long));
        Assert.Equal(expected == Bias.Bearish, filter.Bias.Opposes(Side.Long));
    }

    [Fact]
    public void Carry_CutAnywhere_GoesOnBitIdentically() =>
        Hand.GoesOnAfterRestoring(
            () => new BtcFilter(),
            (filter, bar) =>
            {
                filter.Update(bar);
                return (filter.Change3, filter.Bias, filter.IsImpulse, filter.IsExpansion,
                    filter.BlocksMeanReversion(filter.CloseMs + (20 * MinuteMs)));
            },
            Hand.Walk(300, seed: 17, TimeFrame.H1, stepPercent: 2));

    private static Candle Bar(int hour, double close) =>
        Hand.Bar(hour, close, close * 1.001, close * 0.999, close, frame: TimeFrame.H1);
}

using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Analysis;

public sealed class SwingDetectorTests
{
    [Fact]
    public void Update_PeakWithTwoLowerBarsOnEachSide_IsKnownTwoBarsLater()
    {
        // Highs 10 11 14 12 11: bar 2 tops both sides; its right side is complete at bar 4.
        var bars = Hand.HighLow((10, 5), (11, 6), (14, 7), (12, 6), (11, 5));
        var swings = new SwingDetector(wing: 2);

        foreach (var bar in bars[..4]) swings.Update(bar);
        Assert.Equal(0, swings.Highs.Count);
        swings.Update(bars[4]);

        Assert.True(swings.NewHigh);
        Assert.Equal(new Swing(2, bars[2].OpenTimeMs, 14, 4), swings.Highs.Ago(0));
        Assert.Equal(0, swings.Lows.Count);
    }

    [Fact]
    public void Update_Plateau_GivesOneSwingAtItsLastBar()
    {
        // Highs 10 11 14 14 11 10: bar 2 fails on its right (14 is not above 14), bar 3 holds its left tie.
        var swings = new SwingDetector(wing: 2);
        foreach (var bar in Hand.HighLow((10, 5), (11, 5), (14, 5), (14, 5), (11, 5), (10, 5))) swings.Update(bar);

        Assert.Equal(1, swings.Highs.Count);
        Assert.Equal(3, swings.Highs.Ago(0).BarIndex);
    }

    [Fact]
    public void Update_MirroredPrices_MirrorTheSwings()
    {
        foreach (var wing in new[] { 1, 2, 3 })
        {
            var up = new SwingDetector(wing);
            var down = new SwingDetector(wing);
            foreach (var bar in GoldenMarket.Bars(600))
            {
                up.Update(bar);
                down.Update(bar with { High = 1000 - bar.Low, Low = 1000 - bar.High });
                Assert.Equal((up.NewHigh, up.NewLow), (down.NewLow, down.NewHigh));
            }

            Assert.Equal(up.Highs.Ago(0).BarIndex, down.Lows.Ago(0).BarIndex);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Update_AnyBars_FindsWhatTheDefinitionSays(int wing)
    {
        var bars = Hand.Walk(500, seed: 7);
        var swings = new SwingDetector(wing, keep: 512);
        foreach (var bar in bars) swings.Update(bar);

        var expected = Enumerable.Range(wing, bars.Length - (2 * wing))
            .Where(i => Enumerable.Range(1, wing).All(
                k => bars[i].High >= bars[i - k].High && bars[i].High > bars[i + k].High))
            .Select(i => (long)i)
            .ToArray();
        var found = Enumerable.Range(0, swings.Highs.Count).Select(a => swings.Highs.Ago(a).BarIndex).Reverse();

        Assert.True(expected.Length > 20);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void Highs_WhileMoreBarsArrive_KeepWhatWasKnown()
    {
        var swings = new SwingDetector(2, keep: 512);
        var known = new List<Swing>();
        foreach (var bar in Hand.Walk(400, seed: 3))
        {
            swings.Update(bar);
            if (swings.NewLow) known.Add(swings.Lows.Ago(0));
            Assert.All(known, s => Assert.True(s.KnownAtIndex == s.BarIndex + 2 && s.KnownAtIndex <= swings.LastIndex));
            Assert.Equal(known, Enumerable.Range(0, swings.Lows.Count).Select(a => swings.Lows.Ago(a)).Reverse());
        }

        Assert.NotEmpty(known);
    }

    [Fact]
    public void TryLastKnown_SwingConfirmedLater_IsPassedOver()
    {
        var swings = new Ring<Swing>(4);
        swings.Add(new(3, 0, 10, 5));
        swings.Add(new(8, 0, 12, 10));

        Assert.True(Swings.TryLastKnown(swings, knownBy: 9, out var swing));
        Assert.Equal(10, swing.Price);
        Assert.True(Swings.TryLastKnown(swings, knownBy: 10, out swing));
        Assert.Equal(12, swing.Price);
        Assert.False(Swings.TryLastKnown(swings, knownBy: 4, out _));
    }

    [Fact]
    public void Carry_CutAnywhere_GoesOnBitIdentically() =>
        Hand.GoesOnAfterRestoring(
            () => new SwingDetector(2),
            (swings, bar) =>
            {
                swings.Update(bar);
                return (swings.LastIndex, swings.NewHigh, swings.NewLow, swings.Highs.Added, swings.Lows.Added);
            },
            Hand.Walk(300, seed: 11));

    [Fact]
    public void Update_OnceWarm_AllocatesNothing()
    {
        var swings = new SwingDetector(2);

        Assert.Equal(0, Hand.AllocatedBy(bar => swings.Update(bar), Hand.Walk(400, seed: 1)));
    }

    [Fact]
    public void Restart_ThenTheSameBars_GivesTheSameSwings()
    {
        var bars = Hand.Walk(200, seed: 5);
        var swings = new SwingDetector(2);
        foreach (var bar in bars) swings.Update(bar);
        var before = (swings.Highs.Ago(0), swings.Highs.Added);

        swings.Restart();
        Assert.Equal((-1, 0), (swings.LastIndex, swings.Highs.Count));
        foreach (var bar in bars) swings.Update(bar);

        Assert.Equal(before, (swings.Highs.Ago(0), swings.Highs.Added));
    }
}

using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard.Tests;

public sealed class KernelNotesTests
{
    [Fact]
    public void NotesOf_HigherHighOnLessBuying_SaysSo() => Assert.Equal(
        ["CVD divergence, speaks for short: 2 bars ago price made a higher high than 8 bars ago, volume delta a lower one (15m)"],
        KernelViews.NotesOf(View(takerShare: 0.4)));

    [Fact]
    public void NotesOf_HigherHighOnMoreBuying_AreEmpty() => Assert.Empty(KernelViews.NotesOf(View(takerShare: 0.6)));

    [Fact]
    public void NotesOf_NoCandles_AreEmpty() =>
        Assert.Empty(KernelViews.NotesOf(new(new(Symbol.Parse("TESTUSDT"), 0.01m, new()))));

    /// <summary>Twelve bars with swing highs of 110 at bar 3 and 112 at bar 9.</summary>
    private static MarketView View(double takerShare)
    {
        var analysis = new SymbolAnalysis(Symbol.Parse("TESTUSDT"), 0.01m, new());
        for (var i = 0; i < 12; i++)
        {
            analysis.Update(TimeFrame.M15, new(
                i * TimeFrame.M15.Ms(), 100, i == 3 ? 110 : i == 9 ? 112 : 105, 99, 100, 100, TakerBuyVolume: 100 * takerShare));
        }

        return new(analysis);
    }
}

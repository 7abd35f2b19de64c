using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Scoring;
using FuturesBot.Domain.Strategies;
using FuturesBot.Domain.Tests.Analysis;
using Xunit;

namespace FuturesBot.Domain.Tests.Scoring;

/// <summary>Price-action patterns as a part of the score: only by setting.</summary>
public sealed class PatternPartTests
{
    [Fact]
    public void Rate_WithoutTheSetting_HasNoPatternPart() =>
        Assert.DoesNotContain(Rate(points: 0, Side.Long).Parts, part => part.Name == "pattern");

    [Fact]
    public void Rate_PinBarWithTheTrade_AddsThePoints()
    {
        var without = Rate(points: 0, Side.Long);
        var with = Rate(points: 0.75, Side.Long);

        var part = with.Parts.Single(part => part.Name == "pattern");
        Assert.Equal((0.75, "PinBar with the trade"), (part.Points, part.Because));
        Assert.Equal(without.Total + 0.75, with.Total, precision: 12);
        Assert.Equal((without.FactorsApplied, without.FactorsKnown), (with.FactorsApplied, with.FactorsKnown));   // points, no factor
    }

    [Fact]
    public void Rate_PinBarAgainstTheTrade_AddsNothing()
    {
        var part = Rate(points: 0.75, Side.Short).Parts.Single(part => part.Name == "pattern");

        Assert.Equal((0, "no pattern with the trade"), (part.Points, part.Because));
    }

    /// <summary>Thirty quiet bars and one that rejects lower prices.</summary>
    private static Score Rate(double points, Side side)
    {
        var analysis = new SymbolAnalysis(Symbol.Parse("TESTUSDT"), 0.01m, new());
        for (var i = 0; i < 30; i++) analysis.Update(TimeFrame.M15, Hand.Bar(i, 100, 101, 99, 100));
        analysis.Update(TimeFrame.M15, Hand.Bar(30, 100, 100.3, 97, 100.2));
        var view = new MarketView(analysis);
        view.MoveTo(31 * TimeFrame.M15.Ms(), MarketContext.Unavailable);
        var setup = new Setup
        {
            Kind = new("LiquiditySweep", "fade", side),
            Key = new(1, 0, 0),
            Frame = TimeFrame.M15,
            Category = EntryCategory.MeanReversion,
            SignalPrice = 100.2,
            StopAnchor = 97,
            Atr = 1,
            Base = 2.5,
        };
        return Scorer.Rate(setup, view, BtcReading.Unavailable, agreeing: 1, new() { PatternPoints = points });
    }
}

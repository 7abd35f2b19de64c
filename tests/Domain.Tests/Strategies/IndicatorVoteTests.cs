using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Strategies;

public sealed class IndicatorVoteTests
{
    private static readonly IndicatorVote Strategy = new(new());

    [Fact]
    public void Votes_ThreeThatNewlyAgree_FireAndNothingElseDoes()
    {
        var analysis = new SymbolAnalysis(Symbol.Parse("TESTUSDT"), 0.01m, new() { StudyVote = true });
        var view = new MarketView(analysis);
        var log = new DecisionLog(exhaustive: true, new());
        var fired = 0;
        foreach (var bar in GoldenMarket.Bars(1_500))
        {
            analysis.Update(TimeFrame.M15, bar);
            view.MoveTo(bar.CloseTimeMs(TimeFrame.M15), MarketContext.Unavailable);
            log.Clear();
            Strategy.Evaluate(view, log);
            log.End();

            foreach (var side in new[] { Side.Long, Side.Short })
            {
                var (now, before) = (view.Votes.Now, view.Votes.Before);
                var expected = now.IsAvailable && before.IsAvailable && Count(now, side) >= 3 && Count(before, side) < 3
                    && Count(now, side) > Count(now, side.Opposite());
                var setup = log.Fired.SingleOrDefault(s => s.Kind.Side == side);
                Assert.Equal(expected, setup is not null);
                if (setup is null) continue;
                fired++;
                Assert.Equal(bar.Close * (side == Side.Long ? 0.99 : 1.01), setup.StopAnchor, 12);
                Assert.Equal((2.5, EntryCategory.Breakout), (setup.Base, setup.Category));
            }
        }

        Assert.True(fired > 10, $"{fired} votes are too few");
    }

    [Fact]
    public void Votes_WhileAnIndicatorWarmsUp_AreUnavailable()
    {
        var asked = Scenario.Quiet(200).Ask(Strategy);   // the vote's studies are off

        Assert.Equal(DecisionStatus.Unavailable, asked.Status(Side.Long));
        Assert.Equal(["five indicators"], asked.Missing(Side.Long));
    }

    [Fact]
    public void Catalog_ByDefault_LeavesItOut()
    {
        Assert.DoesNotContain(StrategyCatalog.Create(StrategiesOptions.Default), strategy => strategy is IndicatorVote);
        Assert.Contains(
            StrategyCatalog.Create(StrategiesOptions.Default with { IndicatorVote = new(Enabled: true, new()) }),
            strategy => strategy is IndicatorVote);
    }

    private static int Count(Ballot ballot, Side side) =>
        new[] { ballot.Rsi, ballot.Macd, ballot.Bands, ballot.Averages, ballot.Stochastic }.Count(vote => vote * side.Sign() > 0);
}

using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Scoring;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.Domain.Tests.Kernel;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Analysis;

/// <summary>Spec 2.17, Boundary: a decision uses a 4h candle only when the one that was due is in.</summary>
public sealed class BoundaryTests
{
    private const long H4Ms = 14_400_000;
    private const long M15Ms = 900_000;

    [Theory]
    [InlineData(0, true)]             // at the very close
    [InlineData(15 * M15Ms, true)]    // until the next one is due
    [InlineData(H4Ms, false)]         // due and not in
    [InlineData(H4Ms + M15Ms, false)]
    public void HasRegime_ByTheAgeOfTheLast4hCandle(long laterMs, bool expected)
    {
        var analysis = new SymbolAnalysis(Symbol.Parse("TESTUSDT"), 0.01m, new());
        foreach (var bar in Hand.Walk(260, seed: 7, TimeFrame.H4)) analysis.Update(TimeFrame.H4, bar);
        var view = new MarketView(analysis);

        view.MoveTo((260 * H4Ms) + laterMs, MarketContext.Unavailable);

        Assert.Equal(expected, view.HasRegime);
        Assert.NotEqual(RegimeReading.None, analysis.Regime.Current);
        Assert.Equal(expected ? analysis.Regime.Current : RegimeReading.None, view.Regime);
    }

    [Fact]
    public void HasRegime_BeforeAny4hCandle_IsFalse()
    {
        var view = new MarketView(new(Symbol.Parse("TESTUSDT"), 0.01m, new()));

        view.MoveTo(H4Ms, MarketContext.Unavailable);

        Assert.False(view.HasRegime);
    }

    [Fact]
    public void Decisions_WhileA4hCandleIsMissing_UseNoRegimeAndSaySo()
    {
        // given a market in which from day 40 on every other 4h candle of one symbol never arrives
        const int desk = 1;
        var firstMs = GeneratedFeed.StartMs + (40 * TimeFrame.D1.Ms());
        var seen = new Watcher(KernelMarket.Feed.Listings[desk].Symbol);
        var run = new KernelRun(KernelMarket.Options, KernelMarket.Feed.Listings, seen);
        bool IsMissing(in FeedCandle candle) => candle.Desk == desk && candle.Frame == TimeFrame.H4
            && candle.Candle.OpenTimeMs >= firstMs && candle.Candle.OpenTimeMs / H4Ms % 2 == 0;

        // when
        run.FeedAll(KernelMarket.Feed.Batches().Select(batch =>
            batch with { Candles = [.. batch.Candles.Where(candle => !IsMissing(candle))] }));

        // then from the close at which one was due until the next one came, and at no other time
        Assert.All(seen.Asked, asked => Assert.Equal(
            asked.CloseMs >= GeneratedFeed.StartMs + H4Ms && !IsLate(asked.CloseMs, firstMs), asked.HasRegime));
        var late = seen.Decisions.Where(decision => IsLate(decision.AtMs, firstMs)).ToArray();
        Assert.All(late, decision => Assert.Equal(RegimeReading.None, decision.Regime));
        Assert.All(seen.Asked.Where(asked => !asked.HasRegime), asked => Assert.True(asked.BreakAndRetestIsUnavailable));
        Assert.DoesNotContain(late, d => d.Verdict is not null && d.Kind.Strategy is BreakAndRetest.CatalogName or MaVwapPullback.CatalogName);

        var rated = late.Where(d => d.Verdict is { Ranked.Setup.ScoresItself: false }).ToArray();
        Assert.NotEmpty(rated);
        Assert.All(rated, d => Assert.True(Part(d, "h4_bias").IsUnavailable));
        Assert.All(rated, d => Assert.Equal(0, Part(d, "regime_weight").Points));
        Assert.All(rated, d => Assert.Equal("×1.0, 4h regime unavailable", Part(d, "regime_weight").Because));

        var faded = late.Where(d => d.Kind is { Strategy: LiquiditySweep.CatalogName, Mode: "fade" } && d.Verdict is not null).ToArray();
        Assert.NotEmpty(faded);   // an unknown trend forbids nothing
        Assert.All(faded, d => Assert.Equal(
            PredicateOutcome.Unavailable, d.Predicates.Single(p => p.Name == "no strong opposite trend").Outcome));
    }

    private static bool IsLate(long closeMs, long firstMs) =>
        closeMs >= firstMs + H4Ms && TimeFrame.H4.OpenOf(closeMs - H4Ms) / H4Ms % 2 == 0;

    private static ScorePart Part(DecisionRecord decision, string name) =>
        decision.Verdict!.Ranked.Score.Parts.Single(part => part.Name == name);

    private sealed class Watcher(Symbol symbol) : IPipelineSink
    {
        public List<(long CloseMs, bool HasRegime, bool BreakAndRetestIsUnavailable)> Asked { get; } = [];

        public List<DecisionRecord> Decisions { get; } = [];

        void IPipelineSink.Asked(SymbolDesk desk, long closeMs, DecisionLog log)
        {
            if (desk.Symbol != symbol) return;
            var unavailable = true;
            foreach (ref readonly var head in log.Decisions)
                unavailable &= head.Kind.Strategy != BreakAndRetest.CatalogName || head.Status is DecisionStatus.Unavailable or DecisionStatus.NotReached;
            Asked.Add((closeMs, desk.View.HasRegime, unavailable));
        }

        public string Decided(DecisionRecord decision)
        {
            if (decision.Symbol == symbol) Decisions.Add(decision);
            return "";
        }

        public void Moved(SignalEvent what, SignalState now)
        {
        }
    }
}

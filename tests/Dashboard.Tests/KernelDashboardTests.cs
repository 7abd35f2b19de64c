using FuturesBot.Dashboard.Sample;
using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard.Tests;

/// <summary>The page over the real kernel: three symbols of the generated market for thirty days.</summary>
public sealed class KernelDashboardTests(KernelDashboardTests.Lived lived) : IClassFixture<KernelDashboardTests.Lived>
{
    private static readonly Symbol Eth = Symbol.Parse("ETHUSDT");

    private KernelDashboard Page => lived.Run.Page;

    [Fact]
    public void Candles_OfEveryFrame_EndAtTheLastCloseAndStudiesAlign()
    {
        foreach (var frame in TimeFrames.All)
        {
            var candles = Page.Candles(Eth, frame, 50);
            var studies = Page.Indicators(Eth, frame, 50);

            Assert.Equal(frame.OpenOf(lived.Run.NowMs), candles[^1].CloseTimeMs(frame));
            Assert.Equal(candles.Select(c => c.OpenTimeMs), studies.OpenTimesMs);
            Assert.All(studies.Series, s => Assert.Equal(candles.Count, s.Value.Count));
        }

        var ema = Page.Indicators(Eth, TimeFrame.D1, 1_000).Series["ema200"];
        Assert.All(ema, v => Assert.True(double.IsNaN(v), "EMA 200 of thirty days has a value"));
    }

    [Fact]
    public void Running_OfALongerFrame_HoldsItsClosedMinutesAndTheRunningOne()
    {
        lived.Run.Show(0.5);
        var minutes = Page.Candles(Eth, TimeFrame.M1, 60).Where(m => m.OpenTimeMs >= TimeFrame.H1.OpenOf(lived.Run.NowMs)).ToArray();

        var running = Assert.NotNull(Page.Running(Eth, TimeFrame.H1)).SoFar;
        var minute = Assert.NotNull(Page.Running(Eth, TimeFrame.M1)).SoFar;

        Assert.NotEmpty(minutes);
        Assert.Equal(TimeFrame.H1.OpenOf(lived.Run.NowMs), running.OpenTimeMs);
        Assert.Equal(minutes[0].Open, running.Open);
        Assert.Equal(minute.Close, running.Close);
        Assert.Equal(Math.Max(minutes.Max(m => m.High), minute.High), running.High);
        Assert.Equal(minutes.Sum(m => m.Volume) + minute.Volume, running.Volume, precision: 6);
    }

    [Fact]
    public void Signals_OfTheRun_CarryDecisionLifeAndConsistentResults()
    {
        var closed = Page.Signals(SignalGroup.Closed, 1_000);

        Assert.NotEmpty(closed);
        Assert.Equal(closed.Count, closed.Select(s => s.SignalId).Distinct().Count());
        foreach (var signal in closed)
        {
            var detail = Page.Signal(signal.SignalId);
            Assert.NotNull(detail);
            Assert.NotEmpty(detail.Predicates);
            Assert.NotEmpty(detail.ScoreParts);
            Assert.NotEmpty(detail.Life);
            Assert.InRange(detail.CostR, 0.001, detail.CostGateR);   // what costs more was refused
            Assert.Equal((1 + detail.CostR) / (1 + detail.RewardR), detail.BreakEvenWinRate, precision: 9);
            Assert.NotNull(signal.ClosedAtMs);
            Assert.Equal(signal.State == SignalStage.Closed, signal.Outcome is not null);
            Assert.Equal(signal.Outcome is null, double.IsNaN(signal.PnlRNet));
        }
    }

    [Fact]
    public void Refusals_OfTheRun_AreCountedByReasonWithNumbers()
    {
        var refusals = Page.Refusals();

        Assert.NotEmpty(refusals.Reasons);
        Assert.Equal(refusals.Total, refusals.Reasons.Sum(r => r.Count));
        Assert.All(refusals.Reasons, r => Assert.InRange(r.Last.Count, 1, Math.Min(6, r.Count)));
        Assert.Contains(refusals.Reasons.SelectMany(r => r.Last), r => double.IsFinite(r.Value) && double.IsFinite(r.Threshold));
    }

    [Fact]
    public void Why_OfASymbol_HasARowForEachStrategyAndSide()
    {
        var rows = Page.Why(Eth).Rows;

        Assert.Contains(rows, r => r.Strategy.StartsWith("LiquiditySweep", StringComparison.Ordinal) && r.Direction == Side.Long);
        Assert.Contains(rows, r => r.Strategy.StartsWith("ActionPrice", StringComparison.Ordinal) && r.Direction == Side.Short);
        Assert.All(rows, r => Assert.InRange(r.BarsSeen, 1, 8));
        Assert.All(rows, r => Assert.True(r.Fired || r.Note is not null || r.Predicates.Any(p => p.State == PredicateState.Failed), r.Strategy));
    }

    [Fact]
    public void Zones_OfTheRun_ComeWithTheProfilesBins()
    {
        var profile = Page.Zones(Eth, TimeFrame.M15).Profile;

        Assert.NotNull(profile);
        Assert.InRange(profile.Bins.Count, 10, 200);
        Assert.Equal(profile.Poc, profile.Bins.MaxBy(bin => bin.Volume) is var most ? (most.Low + most.High) / 2 : 0, precision: 9);
        Assert.InRange(profile.ToMs - profile.FromMs, TimeFrame.D1.Ms() - TimeFrame.M15.Ms(), TimeFrame.D1.Ms());
    }

    [Fact]
    public void Performance_OfTheRun_CountsWhatClosed()
    {
        var performance = Page.Performance(0);
        var traded = Page.Signals(SignalGroup.Closed, 1_000).Count(s => s.Outcome is not null && s.ShadowedBy is null);

        Assert.Equal(traded, performance.All.N);
        Assert.Equal(performance.All.N, performance.All.Wins + performance.All.BreakEvens + performance.All.Losses);
        Assert.Equal(performance.All.NetR, Page.Portfolio().EquityR, precision: 9);
        Assert.Equal(performance.All.N, performance.Equity.Count);
    }

    [Fact]
    public void Feed_WhileReplaying_IsSilentAndThenSpeaks()
    {
        var run = new KernelRun(seed: 3, SampleSource.StartMs / 86_400_000 * 86_400_000, TimeProvider.System, symbols: 2);
        run.Page.Replaying = true;
        run.Minutes(30);
        Assert.Equal(0, run.Page.Feed.LastId);

        run.Page.Replaying = false;
        run.Minutes(1);

        Assert.Equal(2, run.Page.Feed.LastId);
    }

    public sealed class Lived
    {
        public Lived()
        {
            Run.Page.Replaying = true;
            Run.Minutes((30 * 1_440) + 20);
        }

        public KernelRun Run { get; } =
            new(seed: 11, SampleSource.StartMs / 86_400_000 * 86_400_000, TimeProvider.System, symbols: 3);
    }
}

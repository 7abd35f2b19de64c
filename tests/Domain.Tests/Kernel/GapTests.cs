using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Kernel;

/// <summary>Gaps of spec 2.17: up to 12 bars are bridged and freeze three bars, longer ones start the symbol anew.</summary>
public sealed class GapTests
{
    private static readonly SymbolListing Listing = KernelMarket.Feed.Listings[1];

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void Gap_UpToTwelveBars_RefusesTheThreeNextAndGoesOn(int missing)
    {
        var (run, transcript) = Always();
        FeedBars(run, 0, 300);
        transcript.Verdicts.Clear();

        FeedBars(run, 300 + missing, 6);

        Assert.Equal(
            [Refusal.AfterGap, Refusal.AfterGap, Refusal.AfterGap],
            transcript.Verdicts.Take(3).Select(verdict => (verdict.Verdict as Verdict.Refused)?.Why));
        Assert.DoesNotContain(transcript.Verdicts.Skip(3), verdict => verdict.Verdict is Verdict.Refused { Why: Refusal.AfterGap });
        var desk = run.Pipeline.Desks[0];
        Assert.Equal(0, desk.Restarts);
        Assert.Equal(306, desk.View.M15.BarsFolded);
        Assert.Equal(missing, desk.View.M15.Bars.Missing);
    }

    [Fact]
    public void Gap_OfThirteenBars_StartsTheSymbolAnew()
    {
        var (run, _) = Always();
        FeedBars(run, 0, 300);
        Assert.False(double.IsNaN(run.Pipeline.Desks[0].View.M15.Now.Ema200));

        FeedBars(run, 313, 1);

        var desk = run.Pipeline.Desks[0];
        Assert.Equal(1, desk.Restarts);
        Assert.Equal(1, desk.View.M15.BarsFolded);
        Assert.True(double.IsNaN(desk.View.M15.Now.Ema200));
        Assert.Empty(desk.View.SwingsM15.Highs.Count == 0 ? [] : new[] { desk.View.SwingsM15.Highs.Ago(0) });
    }

    [Fact]
    public void Gap_OfThirteenBars_CancelsPendingEntriesAndKeepsPositions()
    {
        // given a limit order far below the market, and a position
        var (pending, pendingSays) = Always(EntryCategory.Pullback, signal: 0.5);
        FeedBars(pending, 0, 301);
        Assert.IsType<SignalState.PendingEntry>(Assert.Single(pending.Pipeline.Desks[0].Live).State);
        var (open, openSays) = Always(EntryCategory.Breakout, signal: 1, stop: 0.96);
        FeedBars(open, 0, 302);
        Assert.True(Assert.Single(open.Pipeline.Desks[0].Live).IsLive);
        pendingSays.Events.Clear();
        openSays.Events.Clear();

        // when thirteen bars are missing
        FeedBars(pending, 301 + 13, 1);
        FeedBars(open, 302 + 13, 1);

        // then
        Assert.Contains(pendingSays.Events, e => e is SignalEvent.EntryCancelled { Why: CancelReason.Gap });
        Assert.DoesNotContain(openSays.Events, e => e is SignalEvent.EntryCancelled or SignalEvent.Closed);
        Assert.True(open.Pipeline.Desks[0].Live.Any(tracker => tracker.IsLive), "the position lives on");
    }

    [Fact]
    public void Gap_WithinAnHour_MakesNoHourAndFourHours()
    {
        var minutes = KernelMarket.Feed.Minutes(1).Take(1440).Where((_, i) => i != 500).ToArray();
        var hours = new Resampler(TimeFrame.M1, TimeFrame.H1);
        var made = new List<long>();
        foreach (var minute in minutes)
        {
            if (hours.TryAdd(minute, out var hour)) made.Add((hour.OpenTimeMs - GeneratedFeed.StartMs) / TimeFrame.H1.Ms());
        }

        Assert.Equal(Enumerable.Range(0, 24).Where(hour => hour != 500 / 60).Select(hour => (long)hour), made);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MissingMinute_HidesTheStop_TheBaseBarStillClosesIt(bool atTheEnd)
    {
        // given a position with its stop 4 % below, and a bar that falls 10 % and comes back
        var (run, transcript) = Always(EntryCategory.Breakout, signal: 1, stop: 0.96);
        FeedBars(run, 0, 301);
        var last = KernelMarket.Feed.Bars(1, TimeFrame.M15)[300];
        var openMs = last.CloseTimeMs(TimeFrame.M15);
        var price = last.Close;
        var missing = atTheEnd ? 14 : 5;

        // when the minute of the fall is the one that is missing
        for (var k = 0; k < 15; k++)
        {
            if (k == missing) continue;
            run.Pipeline.OnCandle(0, TimeFrame.M1, new(openMs + (k * TimeFrame.M1.Ms()), price, price, price, price, 1));
        }

        Assert.DoesNotContain(transcript.Events, e => e is SignalEvent.Closed);
        run.Pipeline.OnCandle(0, TimeFrame.M15, new(openMs, price, price, price * 0.9, price, 15));
        run.Pipeline.Close(openMs + TimeFrame.M15.Ms());

        // then
        Assert.Contains(transcript.Events, e => e is SignalEvent.Closed { Reason: CloseReason.Sl });
    }

    [Fact]
    public void Minutes_Whole_AreNotToldTwiceByTheBaseBar()
    {
        var (run, transcript) = Always(EntryCategory.Breakout, signal: 1, stop: 0.96);
        FeedBars(run, 0, 301);
        var last = KernelMarket.Feed.Bars(1, TimeFrame.M15)[300];
        var openMs = last.CloseTimeMs(TimeFrame.M15);
        var price = last.Close;
        for (var k = 0; k < 15; k++)
            run.Pipeline.OnCandle(0, TimeFrame.M1, new(openMs + (k * TimeFrame.M1.Ms()), price, price, price, price, 1));

        // A base bar that contradicts its whole minutes moves nothing.
        run.Pipeline.OnCandle(0, TimeFrame.M15, new(openMs, price, price, price * 0.9, price, 15));
        run.Pipeline.Close(openMs + TimeFrame.M15.Ms());

        Assert.DoesNotContain(transcript.Events, e => e is SignalEvent.Closed);
    }

    private static void FeedBars(KernelRun run, int from, int count)
    {
        var bars = KernelMarket.Feed.Bars(1, TimeFrame.M15);
        foreach (var bar in bars.Skip(from).Take(count))
            run.Feed(new(bar.CloseTimeMs(TimeFrame.M15), [new(0, TimeFrame.M15, bar)]));
    }

    private static (KernelRun Run, Transcript Transcript) Always(
        EntryCategory category = EntryCategory.Breakout, double signal = 1, double stop = 0.99)
    {
        var transcript = new Transcript();
        var options = KernelMarket.Options with
        {
            Risk = KernelMarket.Options.Risk with { StopMaxAtr = 1000, StopMaxFraction = 1 },
            Scoring = KernelMarket.Options.Scoring with { EntryThreshold = 0, LockMinutes = 0 },
            Exits = KernelMarket.Options.Exits with { TimeStop = TimeStopRule.None },
        };
        return (new(options, [Listing], transcript, strategies: [new EveryBar(category, signal, stop)]), transcript);
    }

    /// <summary>Buys at every bar from the 300th on.</summary>
    private sealed class EveryBar(EntryCategory category, double signal, double stop) : IStrategy
    {
        private static readonly SetupKind Kind = new(OrderFlow.CatalogName, "every", Side.Long);

        public string Name => OrderFlow.CatalogName;

        public TimeFrame Frame => TimeFrame.M15;

        public void Evaluate(MarketView view, DecisionLog log)
        {
            log.Begin(Kind);
            var bar = view.M15.Bar;
            if (!log.AtLeast("bars", view.M15.BarsFolded, 300)) return;
            var key = new SetupKey(Kind.Code, 0, bar.OpenTimeMs);
            if (!log.Settle(key)) return;
            log.Fire(new()
            {
                Kind = Kind,
                Key = key,
                Frame = Frame,
                Category = category,
                SignalPrice = bar.Close * signal,
                StopAnchor = bar.Close * signal * stop,
                Atr = view.M15.Now.Atr,
                Base = 5,
            });
        }
    }
}

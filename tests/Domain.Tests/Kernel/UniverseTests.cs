using FuturesBot.Domain.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Kernel;

/// <summary>Symbols that come and go while the pipeline runs, and pasts that come symbol by symbol.</summary>
public sealed class UniverseTests
{
    private static readonly long Cut = GeneratedFeed.StartMs + (8 * TimeFrame.D1.Ms());

    [Fact]
    public void WarmUp_SymbolBySymbol_IsTheSameAsAllInTheOrderOfTime()
    {
        var feed = KernelMarket.Feed;
        var (chronological, bySymbol) = (new Transcript(), new Transcript());
        var inOrder = new KernelRun(KernelMarket.Options, feed.Listings, chronological);
        var oneByOne = new KernelRun(KernelMarket.Options, feed.Listings, bySymbol);
        foreach (var batch in feed.Batches(Cut))
        {
            foreach (var closed in batch.Candles) inOrder.Pipeline.OnCandle(closed.Desk, closed.Frame, closed.Candle);
        }

        for (var desk = 0; desk < feed.Listings.Count; desk++) WarmUp(oneByOne.Pipeline, feed, desk, Cut);

        Assert.Equal(StateSaver.Save(inOrder.Pipeline), StateSaver.Save(oneByOne.Pipeline));
        foreach (var batch in feed.Batches().Where(batch => batch.CloseMs > Cut))
        {
            inOrder.Feed(batch);
            oneByOne.Feed(batch);
        }

        Assert.NotEmpty(chronological.Lines);
        Assert.Equal(chronological.Lines, bySymbol.Lines);
    }

    [Fact]
    public void Admit_ASymbolOnTheWay_DecidesAsIfItHadBeenThereFromTheStart()
    {
        var feed = KernelMarket.Feed;
        var late = feed.Listings[^1];
        var (early, joined) = (new Transcript(), new Transcript());
        var always = new KernelRun(KernelMarket.Options, feed.Listings, early);
        var grown = new KernelRun(KernelMarket.Options, [.. feed.Listings.SkipLast(1)], joined);
        foreach (var batch in feed.Batches(Cut))
        {
            foreach (var closed in batch.Candles)
            {
                always.Pipeline.OnCandle(closed.Desk, closed.Frame, closed.Candle);
                if (closed.Desk < feed.Listings.Count - 1) grown.Pipeline.OnCandle(closed.Desk, closed.Frame, closed.Candle);
            }
        }

        grown.Pipeline.Admit(late);
        WarmUp(grown.Pipeline, feed, feed.Listings.Count - 1, Cut);
        foreach (var batch in feed.Batches().Where(batch => batch.CloseMs > Cut))
        {
            always.Feed(batch);
            grown.Feed(batch);
        }

        Assert.Equal(early.Lines, joined.Lines);
        Assert.Throws<ArgumentException>(() => grown.Pipeline.Admit(late));
    }

    [Fact]
    public void TryRetire_WhileASignalLives_DrainsFirstAndGoesThen()
    {
        var feed = KernelMarket.Feed;
        var run = new KernelRun(KernelMarket.Options, feed.Listings, new Transcript());
        Symbol? leaving = null;
        var (drained, closed) = (false, 0L);
        foreach (var batch in feed.Batches())
        {
            if (drained) break;
            var gone = leaving is { } symbol && run.Pipeline.Desks.All(desk => desk.Symbol != symbol);
            Assert.False(gone);
            run.Feed(batch);
            closed = batch.CloseMs;
            leaving ??= run.Pipeline.Desks.FirstOrDefault(desk => desk.Live.Count > 0)?.Symbol;
            if (leaving is not { } left) continue;
            var before = run.Pipeline.Desk(left).Live.Count;
            drained = run.Pipeline.TryRetire(left);
            Assert.Equal(before == 0, drained);
            if (!drained) Assert.True(run.Pipeline.Desk(left).IsDraining);
        }

        Assert.True(drained, $"no symbol was drained by {closed}");
        Assert.DoesNotContain(run.Pipeline.Desks, desk => desk.Symbol == leaving);
        Assert.True(run.Pipeline.TryRetire(leaving!.Value));
        Assert.Equal(feed.Listings.Count - 1, run.Pipeline.Desks.Count);
        Assert.All(run.Pipeline.Desks, desk => Assert.Same(desk, run.Pipeline.Desk(desk.Symbol)));
    }

    [Fact]
    public void Close_WithoutASymbol_DoesNothing()
    {
        var transcript = new Transcript();

        new Pipeline(KernelMarket.Options, [], PipelineDepth.Exhaustive, transcript).Close(TimeFrame.M15.Ms());

        Assert.Empty(transcript.Lines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TryRetire_TheContractHasNoCandlesAnyMore_IsSettledUnlessTheWholeMarketStoodStill(bool allStandStill)
    {
        var feed = KernelMarket.Feed;
        var transcript = new Transcript();
        var run = new KernelRun(KernelMarket.Options, feed.Listings, transcript);
        SymbolDesk? leaving = null;
        var (index, lastMs, lines) = (-1, 0L, 0);
        foreach (var batch in feed.Batches())
        {
            if (leaving is null)
            {
                run.Feed(batch);
                leaving = run.Pipeline.Desks.Skip(1).FirstOrDefault(desk => desk.Live.Any(tracker => tracker.State.Live is not null));
                if (leaving is null) continue;
                (index, lastMs, lines) = (run.Pipeline.IndexOf(leaving.Symbol), batch.CloseMs, transcript.Lines.Count);
                Assert.False(run.Pipeline.TryRetire(leaving.Symbol));
                continue;
            }

            var silentBars = (batch.CloseMs - lastMs) / TimeFrame.M15.Ms();
            if (allStandStill && silentBars <= 20) continue;
            run.Feed(batch with { Candles = [.. batch.Candles.Where(candle => candle.Desk != index)] });
            var isSettled = leaving.Live.Count == 0;
            Assert.True(isSettled == (silentBars > (allStandStill ? 32 : 12)), $"After {silentBars} bars it is settled: {isSettled}");
            if (isSettled) break;
        }

        Assert.NotNull(leaving);
        Assert.Contains(transcript.Lines.Skip(lines), line => line.Contains("settle", StringComparison.OrdinalIgnoreCase));
        Assert.True(run.Pipeline.TryRetire(leaving.Symbol));
    }

    [Fact]
    public void Relist_OtherStepAndNotional_ChangesNewPlansAndNoDecisionBefore()
    {
        var feed = KernelMarket.Feed;
        var (same, other) = (new Transcript(), new Transcript());
        var calm = new KernelRun(KernelMarket.Options, feed.Listings, same);
        var relisted = new KernelRun(KernelMarket.Options, feed.Listings, other);
        var batches = feed.Batches().ToList();
        foreach (var batch in batches)
        {
            if (batch.CloseMs == batches[batches.Count / 2].CloseMs)
            {
                foreach (var listing in feed.Listings)
                {
                    var outcome = relisted.Pipeline.Relist(listing with { Rules = listing.Rules with { StepSize = listing.Rules.StepSize * 10 } });
                    Assert.Equal(Relisting.Taken, outcome);
                }
            }

            calm.Feed(batch);
            relisted.Feed(batch);
        }

        Assert.All(relisted.Pipeline.Desks, desk => Assert.Equal(
            feed.Listings.Single(listing => listing.Symbol == desk.Symbol).Rules.StepSize * 10, desk.Listing.Rules.StepSize));
        Assert.Equal(StudiesOf(calm), StudiesOf(relisted));
        Assert.NotEqual(same.Lines, other.Lines);

        static IEnumerable<double> StudiesOf(KernelRun run) => run.Pipeline.Desks.Select(desk => desk.View.Frame(TimeFrame.H1).Now.Atr);
    }

    [Fact]
    public void Relist_OtherTickWhileASignalLives_DrainsAndThenBeginsAnew()
    {
        var feed = KernelMarket.Feed;
        var run = new KernelRun(KernelMarket.Options, feed.Listings, new Transcript());
        SymbolListing? changed = null;
        Relisting? outcome = null;
        foreach (var batch in feed.Batches())
        {
            run.Feed(batch);
            if (changed is null && run.Pipeline.Desks.FirstOrDefault(desk => desk.Live.Count > 0) is { } busy)
                changed = busy.Listing with { Rules = busy.Listing.Rules with { TickSize = busy.Listing.Rules.TickSize / 10 } };
            if (changed is null) continue;

            var desk = run.Pipeline.Desk(changed.Symbol);
            var (live, rules) = (desk.Live.Count, desk.Live.Select(signal => signal.Plan.Rules).ToArray());
            outcome = run.Pipeline.Relist(changed);
            Assert.Equal(live > 0 ? Relisting.Draining : Relisting.Anew, outcome);
            Assert.All(rules, planned => Assert.NotEqual(changed.Rules, planned));
            if (outcome != Relisting.Anew) continue;

            var anew = run.Pipeline.Desk(changed.Symbol);
            Assert.Equal((changed, false, true), (anew.Listing, anew.IsDraining, anew.View.Frame(TimeFrame.M15).IsEmpty));
            Assert.Same(desk.Locks, anew.Locks);
            break;
        }

        Assert.Equal(Relisting.Anew, outcome);
        Assert.Throws<ArgumentException>(() => run.Pipeline.Relist(changed! with { Symbol = Symbol.Parse("NONEUSDT") }));
    }

    [Fact]
    public void Carry_ADrainingSymbol_StaysDraining()
    {
        var feed = KernelMarket.Feed;
        var run = new KernelRun(KernelMarket.Options, feed.Listings, new Transcript());
        foreach (var batch in feed.Batches())
        {
            run.Feed(batch);
            if (run.Pipeline.Desks.Any(desk => desk.Live.Count > 0)) break;
        }

        var leaving = run.Pipeline.Desks.First(desk => desk.Live.Count > 0).Symbol;
        Assert.False(run.Pipeline.TryRetire(leaving));
        var restored = new KernelRun(KernelMarket.Options, feed.Listings, new Transcript());
        StateRestorer.Restore(restored.Pipeline, StateSaver.Save(run.Pipeline));

        Assert.True(restored.Pipeline.Desk(leaving).IsDraining);
    }

    private static void WarmUp(Pipeline pipeline, GeneratedFeed feed, int desk, long untilMs)
    {
        var btc = feed.Bars(0, TimeFrame.H1).ToDictionary(hour => hour.OpenTimeMs);
        var past = new[] { TimeFrame.D1, TimeFrame.H4, TimeFrame.H1, TimeFrame.M15 }
            .SelectMany(frame => feed.Bars(desk, frame).Select(bar => (Frame: frame, Bar: bar, CloseMs: bar.CloseTimeMs(frame))))
            .Where(closed => closed.CloseMs <= untilMs)
            .OrderBy(closed => closed.CloseMs).ThenByDescending(closed => closed.Frame);
        var at = pipeline.IndexOf(feed.Listings[desk].Symbol);
        foreach (var (frame, bar, _) in past) pipeline.WarmUp(at, frame, bar, btc.GetValueOrDefault(bar.OpenTimeMs));
    }
}

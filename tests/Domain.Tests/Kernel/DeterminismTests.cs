using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Kernel;

public sealed class DeterminismTests
{
    [Fact]
    public void Run_Twice_SaysTheSameWords()
    {
        var (first, firstRun) = KernelMarket.Run(withMinutes: true);
        var (second, secondRun) = KernelMarket.Run(withMinutes: true);

        Assert.Equal(first.Lines, second.Lines);
        Assert.Equal(StateSaver.Save(firstRun.Pipeline), StateSaver.Save(secondRun.Pipeline));
    }

    [Fact]
    public void Run_StoppingAtTheFirstNo_FiresAndTradesTheSame()
    {
        var exhaustive = Verdicts(PipelineDepth.Exhaustive);
        var firstNo = Verdicts(PipelineDepth.FirstNo);

        Assert.NotEmpty(exhaustive);
        Assert.Equal(exhaustive, firstNo);
    }

    /// <summary>Symbols that trade at another scale by a power of two trade the same in R (spec 2.17).</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(-3)]
    public void Run_WithPricesAndTicksScaledByAPowerOfTwo_DecidesTheSame(int power)
    {
        var scale = Math.ScaleB(1, power);
        var plain = Traded(1);
        var scaled = Traded(scale);

        Assert.NotEmpty(plain.Closed);
        Assert.Equal(plain.Verdicts, scaled.Verdicts);
        Assert.Equal(plain.Closed.Count, scaled.Closed.Count);
        for (var i = 0; i < plain.Closed.Count; i++)
        {
            Assert.Equal(plain.Closed[i].NetR, scaled.Closed[i].NetR, 9);
            Assert.Equal(plain.Closed[i].MfeR, scaled.Closed[i].MfeR, 9);
        }
    }

    /// <summary>Sources deliver at least once: a candle that comes again, at once or later, changes nothing.</summary>
    [Fact]
    public void Run_WithDoubledAndLateCandles_SaysTheSameWords()
    {
        var feed = KernelMarket.Feed;
        var once = new Transcript();
        var twice = new Transcript();
        new KernelRun(KernelMarket.Options, feed.Listings, once).FeedAll(feed.Batches(withMinutes: true));
        IReadOnlyList<FeedCandle> before = [];
        var run = new KernelRun(KernelMarket.Options, feed.Listings, twice);
        foreach (var batch in feed.Batches(withMinutes: true))
        {
            run.Feed(batch with { Candles = [.. before, .. batch.Candles.SelectMany(candle => new[] { candle, candle })] });
            before = batch.Candles;
        }

        Assert.Equal(once.Lines.Count, twice.Lines.Count);
        for (var i = 0; i < once.Lines.Count; i++) Assert.Equal(once.Lines[i], twice.Lines[i]);
        Assert.True(run.Pipeline.Desks[0].RefusedCandles > 0);
    }

    private static List<string> Verdicts(PipelineDepth depth)
    {
        var transcript = new Transcript { OnlyVerdicts = true };
        new KernelRun(KernelMarket.Options, KernelMarket.Feed.Listings, transcript, depth).FeedAll(KernelMarket.Feed.Batches());
        return [.. transcript.Lines];
    }

    private static (List<string> Verdicts, List<TradeResult> Closed) Traded(double scale)
    {
        var feed = KernelMarket.Feed;
        var transcript = new Transcript { OnlyVerdicts = true };
        var listings = feed.Listings.Select(listing => listing with { Rules = Scaled(listing.Rules, (decimal)scale) }).ToArray();
        var run = new KernelRun(KernelMarket.Options, listings, transcript);
        run.FeedAll(feed.Batches().Select(batch => batch with { Candles = [.. batch.Candles.Select(candle => Scaled(candle, scale))] }));
        return (
            [.. transcript.Verdicts.Select(Words)],
            [.. transcript.Events.OfType<SignalEvent.Closed>().Select(closed => closed.Result)]);
    }

    /// <summary>What was decided, without a price.</summary>
    private static string Words(DecisionRecord decision) =>
        $"{decision.AtMs} {decision.Symbol} {decision.Kind.Strategy} {decision.Kind.Mode} {decision.Kind.Side} "
        + $"{decision.Regime} {decision.Verdict!.Ranked.Score.Total} {decision.Verdict.Ranked.Agreeing} "
        + (decision.Verdict is Verdict.Refused refused ? refused.Why.ToString() : "approved");

    private static SymbolRules Scaled(SymbolRules rules, decimal scale) => rules with
    {
        TickSize = rules.TickSize * scale,
        StepSize = rules.StepSize / scale,
        MinQuantity = rules.MinQuantity / scale,
        MaxMarketQuantity = rules.MaxMarketQuantity / scale,
    };

    private static FeedCandle Scaled(in FeedCandle candle, double scale) => candle with
    {
        Candle = candle.Candle with
        {
            Open = candle.Candle.Open * scale,
            High = candle.Candle.High * scale,
            Low = candle.Candle.Low * scale,
            Close = candle.Candle.Close * scale,
        },
    };
}

using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Kernel;

/// <summary>A run on data cut at T says exactly what the full run says up to T (spec 2.17).</summary>
public sealed class LookAheadTests
{
    [Fact]
    public void Market_OfTheProperties_MakesEveryStrategyFireAndTrade()
    {
        var (transcript, _) = KernelMarket.Run();

        var fired = transcript.Triggers.Keys.Select(name => name.Split(' ')[0]).Distinct().ToArray();
        Assert.Equal(StrategyCatalog.Names.Order(), fired.Order());
        Assert.True(transcript.Events.Count > 100, $"{transcript.Events.Count} events");
    }

    [Fact]
    public void Run_OnDataCutAtAnyTime_DecidesAsTheFullRunDidUpToThen()
    {
        var difference = FirstDifference(strategies: null, seed: 11, cuts: 16);

        Assert.Null(difference);
    }

    [Fact]
    public void Run_WithAStrategyThatPeeksAhead_IsCaught()
    {
        var future = KernelMarket.Feed.Bars(1, TimeFrame.M15);

        var difference = FirstDifference(data => [new Cheat(future, data)], seed: 11, cuts: 16);

        Assert.NotNull(difference);
    }

    [Fact]
    public void Run_WithTheSameStrategyMadeHonest_IsNotAccused()
    {
        var difference = FirstDifference(_ => [new Cheat([], 0)], seed: 11, cuts: 4);

        Assert.Null(difference);
    }

    /// <summary>Null when no cut changes a word; else the seed, the cut and the first line that differs.</summary>
    private static string? FirstDifference(Func<long, IStrategy[]>? strategies, int seed, int cuts)
    {
        var feed = KernelMarket.Feed;
        var full = LinesUpTo(feed.EndMs, strategies);
        var random = new Random(seed);
        for (var cut = 0; cut < cuts; cut++)
        {
            // Any minute, not only closes of bars: a half-made bar must not be seen either.
            var untilMs = GeneratedFeed.StartMs + (random.Next(1440, (int)((feed.EndMs - GeneratedFeed.StartMs) / 60_000)) * 60_000L);
            var lines = LinesUpTo(untilMs, strategies);
            for (var i = 0; i < lines.Count; i++)
            {
                if (i >= full.Count || lines[i] != full[i])
                    return $"seed {seed}, cut at {untilMs}: '{lines[i]}' was '{(i < full.Count ? full[i] : "nothing")}'";
            }

            if (lines.Count < full.Count && TimeOf(full[lines.Count]) <= untilMs)
                return $"seed {seed}, cut at {untilMs}: missing '{full[lines.Count]}'";
        }

        return null;
    }

    private static long TimeOf(string line) =>
        long.TryParse(line.Split(' ')[0], out var atMs) ? atMs : long.MaxValue;

    private static IReadOnlyList<string> LinesUpTo(long untilMs, Func<long, IStrategy[]>? strategies)
    {
        var transcript = new Transcript();
        var run = new KernelRun(KernelMarket.Options, KernelMarket.Feed.Listings, transcript, strategies: strategies?.Invoke(untilMs));
        run.FeedAll(KernelMarket.Feed.Batches(untilMs));
        return transcript.Lines;
    }

    /// <summary>
    /// Looks one bar ahead in the data it was given, as a strategy over a whole table does. With no data it
    /// is an honest strategy that buys every bar that closes up.
    /// </summary>
    private sealed class Cheat(Candle[] data, long dataUntilMs) : IStrategy
    {
        private static readonly SetupKind Kind = new(OrderFlow.CatalogName, "cheat", Side.Long);

        public string Name => OrderFlow.CatalogName;

        public TimeFrame Frame => TimeFrame.M15;

        public void Evaluate(MarketView view, DecisionLog log)
        {
            log.Begin(Kind);
            var bar = view.M15.Bar;
            if (!log.Above("next close, price", NextClose(bar) ?? bar.Open, bar.Close)) return;
            var key = new SetupKey(Kind.Code, 0, bar.OpenTimeMs);
            if (!log.Settle(key)) return;
            log.Fire(new()
            {
                Kind = Kind,
                Key = key,
                Frame = Frame,
                Category = EntryCategory.Breakout,
                SignalPrice = bar.Close,
                StopAnchor = double.NaN,
                Atr = 1,
                Base = 5,
            });
        }

        private double? NextClose(in Candle bar)
        {
            if (data.Length == 0) return null;
            var next = ((bar.OpenTimeMs - data[0].OpenTimeMs) / TimeFrame.M15.Ms()) + 1;
            return next < data.Length && data[next].CloseTimeMs(TimeFrame.M15) <= dataUntilMs ? data[next].Close : null;
        }
    }
}

using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using Xunit;

namespace FuturesBot.Engine.Tests.Running;

public sealed class CandleAssemblyTests
{
    private const long Midnight = 1_767_225_600_000;   // 2026-01-01T00:00Z
    private const long Minute = 60_000;
    private const long Quarter = 15 * Minute;

    private static readonly Symbol Eth = Symbol.Parse("ETHUSDT");
    private static readonly Symbol Ada = Symbol.Parse("ADAUSDT");

    private static readonly SeriesInfo[] All =
        [.. new[] { Ada, Symbol.Btc, Eth }.SelectMany(symbol =>
            new[] { TimeFrame.M1, TimeFrame.M15 }.Select(frame => new SeriesInfo(symbol, frame)))];

    [Fact]
    public void Missing_AtAQuarter_NamesEverySeriesThatCloses()
    {
        var assembly = new CandleAssembly(All, Midnight);

        Assert.Equal(3, assembly.Missing(Midnight + Minute).Count);
        Assert.Equal(6, assembly.Missing(Midnight + Quarter).Count);
        assembly.Add(new(Eth, TimeFrame.M15), Bar(Midnight, 100));
        Assert.Equal(5, assembly.Missing(Midnight + Quarter).Count);
        Assert.DoesNotContain(new(Eth, TimeFrame.M15), assembly.Missing(Midnight + Quarter));
    }

    [Fact]
    public void Take_CandlesInAnyOrder_ComeInTheOrderOfTheBatch()
    {
        var assembly = new CandleAssembly(All, Midnight + Quarter - Minute);
        foreach (var series in All.Reverse())
            Assert.True(assembly.Add(series, Bar(Midnight + Quarter - series.Frame.Ms(), 100)));

        Assert.True(assembly.IsComplete(Midnight + Quarter));
        var batch = new List<FeedCandle>();
        assembly.Take(Midnight + Quarter, batch);

        Assert.Equal(
            ["BTCUSDT 15m", "BTCUSDT 1m", "ADAUSDT 15m", "ETHUSDT 15m", "ADAUSDT 1m", "ETHUSDT 1m"],
            batch.Select(closed => closed.Series.ToString()));
        Assert.Equal(long.MaxValue, assembly.EarliestMs);
    }

    [Fact]
    public void Add_TheSameCandleAgain_ChangesNothingAndAnotherIsCounted()
    {
        var assembly = new CandleAssembly(All, Midnight);
        var minute = new SeriesInfo(Eth, TimeFrame.M1);

        Assert.True(assembly.Add(minute, Bar(Midnight, 100)));
        Assert.False(assembly.Add(minute, Bar(Midnight, 100)));
        Assert.Equal(0, assembly.Conflicts);
        Assert.False(assembly.Add(minute, Bar(Midnight, 101)));
        Assert.Equal(1, assembly.Conflicts);

        var batch = new List<FeedCandle>();
        assembly.Take(Midnight + Minute, batch);
        Assert.Equal(100, Assert.Single(batch).Candle.Close);
        Assert.False(assembly.Add(minute, Bar(Midnight, 100)));   // handed over
        Assert.False(assembly.Add(new(Symbol.Parse("XRPUSDT"), TimeFrame.M1), Bar(Midnight, 1)));
        Assert.Equal(1, assembly.Refused);
    }

    [Fact]
    public void Take_ALateCandle_ComesBeforeItsFollowerAndNeverBehindIt()
    {
        var assembly = new CandleAssembly(All, Midnight);
        var (ada, eth) = (new SeriesInfo(Ada, TimeFrame.M1), new SeriesInfo(Eth, TimeFrame.M1));
        var batch = new List<FeedCandle>();
        assembly.Add(ada, Bar(Midnight, 1));
        assembly.Take(Midnight + Minute, batch);   // ETH's first minute has not come
        batch.Clear();

        assembly.Add(ada, Bar(Midnight + Minute, 2));
        assembly.Add(eth, Bar(Midnight + Minute, 2));
        assembly.Add(eth, Bar(Midnight, 1));       // late, and its follower is not handed over yet
        assembly.Take(Midnight + (2 * Minute), batch);

        Assert.Equal([(eth, 1d), (ada, 2d), (eth, 2d)], batch.Select(closed => (closed.Series, closed.Candle.Close)));
        Assert.False(assembly.Add(eth, Bar(Midnight, 1)));
    }

    [Fact]
    public void Add_ShuffledDoubledAndThinnedOut_HandsEachSeriesOverInOrderAndOnce()
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            var random = new Random(seed);
            var assembly = new CandleAssembly(All, Midnight);
            var told = new List<(SeriesInfo Series, Candle Candle)>();
            foreach (var series in All)
            {
                for (var open = Midnight; open < Midnight + (4 * Quarter); open += series.Frame.Ms())
                {
                    if (random.Next(10) == 0) continue;   // lost
                    told.Add((series, Bar(open, open / 1e6)));
                    if (random.Next(5) == 0) told.Add(told[^1]);
                }
            }

            // Each comes up to three minutes late.
            var order = told.OrderBy(entry => entry.Candle.CloseTimeMs(entry.Series.Frame) + random.Next(180_000)).ToArray();
            var given = new List<FeedCandle>();
            var next = 0;
            for (var close = Midnight + Minute; close <= Midnight + (4 * Quarter) + (4 * Minute); close += Minute)
            {
                for (; next < order.Length && order[next].Candle.CloseTimeMs(order[next].Series.Frame) <= close; next++)
                    assembly.Add(order[next].Series, order[next].Candle);
                assembly.Take(close, given);
            }

            foreach (var series in given.GroupBy(closed => closed.Series))
            {
                var opens = series.Select(closed => closed.Candle.OpenTimeMs).ToArray();
                Assert.True(opens.SequenceEqual(opens.Order().Distinct()), $"seed {seed}: {series.Key} was out of order or doubled");
            }

            Assert.True(given.Count > told.Distinct().Count() / 2, $"seed {seed}: {given.Count} of {told.Count} were handed over");
        }
    }

    private static Candle Bar(long openMs, double close) => new(openMs, close, close, close, close, Volume: 1);
}

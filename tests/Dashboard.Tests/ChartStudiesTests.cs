using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Dashboard.Tests;

public sealed class ChartStudiesTests
{
    private const long StartMs = 1_748_822_400_000;   // Monday, 2025-06-02 00:00 UTC

    private static readonly Dictionary<TimeFrame, Candle[]> Market = Made();

    [Fact]
    public void Add_Patterns_AreThoseOfTheKernelAtEveryCandle()
    {
        var bars = Market[TimeFrame.M15];
        var series = Studies(TimeFrame.M15, bars, limit: 300);

        var kept = new CandleSeries(TimeFrame.M15, 16);
        var seen = PriceActionPattern.None;
        for (var i = 0; i < bars.Length; i++)
        {
            kept.Append(bars[i]);
            var at = i - (bars.Length - 300);
            if (at < 0) continue;
            Assert.Equal((double)PriceActionPatterns.Of(kept, Side.Long), series["pattern_long"][at]);
            Assert.Equal((double)PriceActionPatterns.Of(kept, Side.Short), series["pattern_short"][at]);
            seen |= (PriceActionPattern)(int)series["pattern_long"][at];
        }

        Assert.Equal(
            PriceActionPattern.PinBar | PriceActionPattern.Engulfing | PriceActionPattern.InsideBar | PriceActionPattern.Fakey, seen);
    }

    [Fact]
    public void Add_PatternAcrossAMissingCandle_IsNone()
    {
        Candle[] whole = [Bar(0, 102, 98), Bar(1, 101, 99)];
        Candle[] holed = [Bar(0, 102, 98), Bar(2, 101, 99)];

        Assert.Equal([0, (double)PriceActionPattern.InsideBar], Studies(TimeFrame.M15, whole)["pattern_long"]);
        Assert.Equal([0.0, 0.0], Studies(TimeFrame.M15, holed)["pattern_long"]);
    }

    [Fact]
    public void Add_VwapThatBeganBeforeTheCandles_IsUnavailableUntilItStartsAnew()
    {
        var bars = Market[TimeFrame.M15][20..];   // from Monday 05:00: within Asia and within the week
        var series = Studies(TimeFrame.M15, bars);
        var week = new WeeklyVwap();

        for (var i = 0; i < bars.Length; i++)
        {
            var expected = week.Update(bars[i]).Value;
            var isWhole = WeeklyVwap.MondayOf(bars[i].OpenTimeMs) > StartMs;
            Assert.Equal(isWhole ? expected : double.NaN, series["vwap_week"][i]);
            Assert.Equal(isWhole ? WeeklyVwap.MondayOf(bars[i].OpenTimeMs) : double.NaN, series["vwap_week_since"][i]);
        }

        Assert.All(series["vwap_session"].Take(8), value => Assert.True(double.IsNaN(value)));   // Europe begins at 07:00
        Assert.Equal(bars[8].Typical, series["vwap_session"][8], precision: 9);
        Assert.Equal(StartMs + (7 * TimeFrame.H1.Ms()), series["vwap_session_since"][8]);
    }

    [Fact]
    public void Add_Anchored_IsTheMeanSinceItsAnchor()
    {
        var bars = Market[TimeFrame.M15];
        var series = Studies(TimeFrame.M15, bars);

        foreach (var name in (string[])["avwap_1h", "avwap_4h"])
        {
            Assert.Contains(series[name], double.IsFinite);
            for (var i = 0; i < bars.Length; i += 7)
            {
                if (double.IsNaN(series[name][i])) continue;
                var since = bars.Take(i + 1).Where(bar => bar.OpenTimeMs >= series[$"{name}_since"][i]).ToArray();
                Assert.Equal(since.Sum(b => b.Typical * b.Volume) / since.Sum(b => b.Volume), series[name][i], precision: 4);
            }
        }
    }

    [Fact]
    public void Add_LongFrame_HasOnlyWhatMakesSenseThere()
    {
        var series = Studies(TimeFrame.H4, Market[TimeFrame.H4]);

        Assert.Equal(["pattern_long", "pattern_short", "vwap_week", "vwap_week_since"], series.Keys.Order());
    }

    private static Dictionary<string, IReadOnlyList<double>> Studies(TimeFrame frame, Candle[] bars, int limit = int.MaxValue)
    {
        var series = new Dictionary<string, IReadOnlyList<double>>();
        ChartStudies.Add(series, frame, bars, Market[TimeFrame.H1], Market[TimeFrame.H4], limit);
        return series;
    }

    private static Candle Bar(int index, double high, double low) =>
        new(StartMs + (index * TimeFrame.M15.Ms()), 100, high, low, 100, 10);

    private static Dictionary<TimeFrame, Candle[]> Made()
    {
        var market = new GeneratedMarket(seed: 5, StartMs, [.. GeneratedSymbols.Twelve.Take(1)]);
        var frames = new[] { TimeFrame.M15, TimeFrame.H1, TimeFrame.H4 };
        var resamplers = frames.Select(frame => new Resampler(TimeFrame.M1, frame)).ToArray();
        var bars = frames.ToDictionary(frame => frame, _ => new List<Candle>());
        var minutes = new Candle[1];
        for (var i = 0; i < 21 * 1440; i++)
        {
            market.Advance(minutes);
            for (var f = 0; f < frames.Length; f++)
            {
                if (resamplers[f].TryAdd(minutes[0], out var bar)) bars[frames[f]].Add(bar);
            }
        }

        return bars.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }
}

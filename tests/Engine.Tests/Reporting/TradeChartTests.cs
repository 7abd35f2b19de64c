using FuturesBot.Domain.Market;
using FuturesBot.Engine.Reporting;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Reporting;

public sealed class TradeChartTests
{
    [Fact]
    public void Around_ShortTrade_TakesTheBarsBeforeAndAfterIt()
    {
        var (trade, bars) = Trade(entryBar: 100, exitBar: 110);

        var chart = TradeChart.Around(trade, bars, TimeFrame.M15, decimals: 2);

        Assert.Equal(1, chart.BarsPerCandle);
        Assert.Equal(bars[80..116], chart.Candles);
    }

    [Fact]
    public void Around_LongTrade_DrawsSeveralBarsAsOneAndLosesNoExtreme()
    {
        var (trade, bars) = Trade(entryBar: 50, exitBar: 700);

        var chart = TradeChart.Around(trade, bars, TimeFrame.M15, decimals: 2);

        var used = bars[30..706];
        Assert.Equal(12, chart.BarsPerCandle);   // 676 bars in at most 60 candles
        Assert.InRange(chart.Candles.Count, 1, TradeChart.CandlesMax);
        Assert.Equal(used.Max(b => b.High), chart.Candles.Max(c => c.High));
        Assert.Equal(used.Min(b => b.Low), chart.Candles.Min(c => c.Low));
        Assert.Equal((used[0].Open, used[^1].Close), (chart.Candles[0].Open, chart.Candles[^1].Close));
        Assert.Equal((used[0].Open, used[11].Close), (chart.Candles[0].Open, chart.Candles[0].Close));
    }

    [Fact]
    public void Around_NoBars_IsEmpty()
    {
        var (trade, _) = Trade(entryBar: 1, exitBar: 2);

        Assert.Empty(TradeChart.Around(trade, [], TimeFrame.M15, decimals: 2).Candles);
    }

    [Fact]
    public void Chosen_ManyTrades_TakesTheFirstAndTheLast()
    {
        var trades = SampleRun.Of(5).Trades;
        var many = Enumerable.Range(0, 3_000).Select(i => trades[0] with
        {
            SignalId = $"{i:d5}",
            Exits = [trades[0].Exits[0] with { TimeMs = SampleRun.Start + i }],
        }).ToArray();

        var chosen = TradeChart.Chosen(many);

        Assert.Equal(TradeChart.TradesMax, chosen.Count);
        Assert.Contains("00000", chosen);
        Assert.Contains("00999", chosen);
        Assert.DoesNotContain("01000", chosen);
        Assert.DoesNotContain("01999", chosen);
        Assert.Contains("02000", chosen);
        Assert.Equal(5, TradeChart.Chosen(trades).Count);
    }

    private static (Domain.Reporting.TradeRecord Trade, Candle[] Bars) Trade(int entryBar, int exitBar)
    {
        Candle[] bars =
        [
            .. GoldenMarket.Bars(1_000)
                .Select((b, i) => b with { OpenTimeMs = SampleRun.Start + (i * 900_000L) }),
        ];
        var sample = SampleRun.Of(1).Trades[0];
        return (sample with
        {
            EntryTimeMs = bars[entryBar].OpenTimeMs,
            Exits = [sample.Exits[0] with { TimeMs = bars[exitBar].OpenTimeMs }],
        }, bars);
    }
}

using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using Xunit;

namespace FuturesBot.Engine.Tests.Running;

public sealed class CandleShelfTests
{
    private const long Day = 1_759_276_800_000;   // 2025-10-01, UTC

    [Theory]
    [InlineData("1m")]
    [InlineData("5m")]
    [InlineData("15m")]
    [InlineData("1h")]
    [InlineData("4h")]
    [InlineData("1d")]
    public void Running_OfAShallowShelf_IsTheSumOfAllMinutesSinceTheOpen(string code)
    {
        // given: 23 hours and 40 minutes of a day, of which the shelf keeps 64 candles a frame
        var frame = TimeFrames.Parse(code);
        const int Now = (23 * 60) + 40;
        var minutes = Enumerable.Range(0, Now + 1).Select(Minute).ToArray();
        var shelf = new CandleShelf(0, new(64, 64));
        foreach (var of in TimeFrames.All)
        {
            var length = (int)(of.Ms() / 60_000);
            for (var from = 0; from + length <= Now; from += length) shelf.Add(new(new(Symbol.Btc, of), Sum(minutes[from..(from + length)])));
        }

        // when
        var running = shelf.Running(Symbol.Btc, frame, new(TimeFrame.M1, minutes[Now]));

        // then
        var open = (int)((frame.OpenOf(minutes[Now].OpenTimeMs) - Day) / 60_000);
        var expected = Sum(minutes[open..]);
        Assert.Equal(frame, running.Frame);
        Assert.Equal((expected.OpenTimeMs, expected.Open, expected.High, expected.Low, expected.Close), Prices(running.SoFar));
        Assert.Equal(expected.Volume, running.SoFar.Volume, 6);
        Assert.Equal(expected.Trades, running.SoFar.Trades);
    }

    [Fact]
    public void Running_WithAMinuteThatIsNowhere_HasTheOthers()
    {
        var shelf = new CandleShelf(0, ShelfDepth.Full);
        foreach (var i in (int[])[0, 1, 3]) shelf.Add(new(new(Symbol.Btc, TimeFrame.M1), Minute(i)));

        var running = shelf.Running(Symbol.Btc, TimeFrame.H1, new(TimeFrame.M1, Minute(4)));

        var expected = Sum([Minute(0), Minute(1), Minute(3), Minute(4)]);
        Assert.Equal((expected.OpenTimeMs, expected.Open, expected.High, expected.Low, expected.Close), Prices(running.SoFar));
        Assert.Equal(expected.Volume, running.SoFar.Volume, 6);
    }

    [Fact]
    public void Newest_OfMoreThanAreKept_AreTheNewestOnes()
    {
        var shelf = new CandleShelf(0, new(100, 300));
        var (minute, hour) = (new SeriesInfo(Symbol.Btc, TimeFrame.M1), new SeriesInfo(Symbol.Btc, TimeFrame.H1));
        for (var i = 0; i < 1_000; i++)
        {
            shelf.Add(new(minute, Minute(i)));
            shelf.Add(new(hour, Minute(i)));
        }

        Assert.Equal(Enumerable.Range(900, 100).Select(Minute), shelf.Newest(minute, 1_500));
        Assert.Equal(Enumerable.Range(700, 300).Select(Minute), shelf.Newest(hour, 1_500));
    }

    [Fact]
    public void Running_OfAShelfOnDemand_IsThatOfAFullOne()
    {
        var (full, few) = (new CandleShelf(0, ShelfDepth.Full), new CandleShelf(0, ShelfDepth.OnDemand(100, 3, 721)));
        const int Now = (23 * 60) + 59;
        var minutes = Enumerable.Range(0, Now + 1).Select(Minute).ToArray();
        foreach (var of in TimeFrames.All)
        {
            var length = (int)(of.Ms() / 60_000);
            for (var from = 0; from + length <= Now; from += length)
            {
                var closed = new FeedCandle(new(Symbol.Btc, of), Sum(minutes[from..(from + length)]));
                full.Add(closed);
                few.Add(closed);
            }
        }

        Assert.All(TimeFrames.All, frame => Assert.Equal(
            full.Running(Symbol.Btc, frame, new(TimeFrame.M1, minutes[Now])), few.Running(Symbol.Btc, frame, new(TimeFrame.M1, minutes[Now]))));
    }

    [Fact]
    public void Closes_OfAShelfOnDemand_AreThoseOfTheCandles()
    {
        // given: 2,000 hours, some of which are missing, a run of them too; the older ones from the store
        var (full, few) = (new CandleShelf(0, ShelfDepth.Full), new CandleShelf(0, ShelfDepth.OnDemand(100, 3, 721)));
        var series = new SeriesInfo(Symbol.Btc, TimeFrame.H1);
        var hours = Enumerable.Range(0, 2_000).Where(i => i % 17 != 3 && i is < 1_500 or > 1_530).Select(Hour).ToArray();
        full.Restore(series, hours[..1_200]);
        few.Restore(series, hours[..1_200]);

        // when
        foreach (var hour in hours[1_200..])
        {
            full.Add(new(series, hour));
            few.Add(new(series, hour));
        }

        // then: of the last 30 days all that there are
        var since = hours[^1].OpenTimeMs - (720 * 3_600_000L);
        var expected = full.Closes(Symbol.Btc, 1_500).Where(hour => hour.OpenTimeMs >= since).ToArray();
        Assert.InRange(expected.Length, 600, 700);
        Assert.Equal(expected, few.Closes(Symbol.Btc, 721));
        Assert.Equal(hours[^36..], few.Newest(series, 1_000));   // what the page's list draws

        static Candle Hour(int i) => Minute(i) with { OpenTimeMs = Day + (i * 3_600_000L) };
    }

    [Fact]
    public void Unsaved_OfAShelfThatNobodySaves_IsNothing()
    {
        var shelf = new CandleShelf(0, ShelfDepth.Bare) { IsSaved = false };

        shelf.Add(new(new(Symbol.Btc, TimeFrame.M15), Minute(0)));

        Assert.Empty(shelf.Unsaved());
        Assert.Equal(Minute(0), shelf.Last(new(Symbol.Btc, TimeFrame.M15)));
    }

    private static (long OpenTimeMs, double Open, double High, double Low, double Close) Prices(Candle candle) =>
        (candle.OpenTimeMs, candle.Open, candle.High, candle.Low, candle.Close);

    private static Candle Minute(int i)
    {
        var (open, close) = (100 + Math.Sin(i), 100 + Math.Sin(i + 1));
        return new(Day + (i * 60_000L), open, Math.Max(open, close) + (i % 7), Math.Min(open, close) - (i % 5), close, i + 1, (i + 1) * 100, i / 2.0, i);
    }

    private static Candle Sum(IReadOnlyList<Candle> parts) => new(
        parts[0].OpenTimeMs, parts[0].Open, parts.Max(one => one.High), parts.Min(one => one.Low), parts[^1].Close, parts.Sum(one => one.Volume),
        parts.Sum(one => one.QuoteVolume), parts.Sum(one => one.TakerBuyVolume), parts.Sum(one => one.Trades));
}

using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Adapters.Tests.Stores;

/// <summary>What every candle store does; each technology inherits it.</summary>
public abstract class CandleStoreContract
{
    private static readonly SeriesInfo Btc15m = new(Symbol.Btc, TimeFrame.M15);
    private static readonly SeriesInfo Btc1h = new(Symbol.Btc, TimeFrame.H1);
    private static readonly SeriesInfo Ada15m = new(Symbol.Parse("ADAUSDT"), TimeFrame.M15);

    /// <summary>An empty store.</summary>
    protected abstract ICandleStore Candles { get; }

    [Fact]
    public async Task Append_Candles_ReadBackBitForBit()
    {
        var bars = GoldenMarket.Bars(500);
        bars[7] = bars[7] with { Open = 0.1 + 0.2, QuoteVolume = 1e-300, Trades = long.MaxValue, TakerBuyVolume = double.NaN };

        var counts = await Candles.AppendAsync(Btc15m, bars);

        Assert.Equal(new AppendCounts(500, 0, 0), counts);
        Assert.Equal(bars, await Candles.ReadAsync(Btc15m, 0, long.MaxValue));
    }

    [Fact]
    public async Task Append_TheSameAgain_ChangesNothing()
    {
        var bars = GoldenMarket.Bars(10);
        await Candles.AppendAsync(Btc15m, bars);

        Assert.Equal(new AppendCounts(0, 10, 0), await Candles.AppendAsync(Btc15m, bars));
        Assert.Equal(bars, await Candles.ReadAsync(Btc15m, 0, long.MaxValue));
    }

    [Fact]
    public async Task Append_OtherValues_AreCountedAndTheFirstStay()
    {
        var bars = GoldenMarket.Bars(10);
        await Candles.AppendAsync(Btc15m, bars);

        var counts = await Candles.AppendAsync(Btc15m, new[] { bars[3] with { Close = bars[3].Open, TakerBuyVolume = double.NaN } });

        Assert.Equal(new AppendCounts(0, 0, 1), counts);
        Assert.Equal(bars, await Candles.ReadAsync(Btc15m, 0, long.MaxValue));
    }

    [Fact]
    public async Task Replace_Range_HoldsExactlyTheseAfterwards()
    {
        var bars = GoldenMarket.Bars(10);
        await Candles.AppendAsync(Btc15m, bars);
        await Candles.AppendAsync(Ada15m, bars);
        var shifted = bars[6] with { OpenTimeMs = bars[6].OpenTimeMs + 1 };
        await Candles.AppendAsync(Btc15m, new[] { shifted });
        var other = bars[4] with { Close = bars[4].Open, QuoteVolume = 7 };
        var late = bars[6] with { OpenTimeMs = bars[6].OpenTimeMs + 2 };

        var counts = await Candles.ReplaceAsync(
            Btc15m, bars[3].OpenTimeMs, bars[8].OpenTimeMs, new[] { bars[3], other, bars[6], late });

        Assert.Equal(new RepairCounts(Added: 1, Same: 2, Replaced: 1, Removed: 3), counts);
        Assert.Equal(
            [bars[0], bars[1], bars[2], bars[3], other, bars[6], late, bars[8], bars[9]],
            await Candles.ReadAsync(Btc15m, 0, long.MaxValue));
        Assert.Equal(bars, await Candles.ReadAsync(Ada15m, 0, long.MaxValue));
    }

    [Fact]
    public async Task Replace_TheSameAgain_ChangesNothing()
    {
        var bars = GoldenMarket.Bars(10);
        await Candles.AppendAsync(Btc15m, bars);

        Assert.Equal(new RepairCounts(0, 10, 0, 0), await Candles.ReplaceAsync(Btc15m, 0, bars[^1].OpenTimeMs + 1, bars));
        Assert.Equal(bars, await Candles.ReadAsync(Btc15m, 0, long.MaxValue));
    }

    [Fact]
    public async Task Replace_CandleOutsideOrTwice_ThrowsAndChangesNothing()
    {
        var bars = GoldenMarket.Bars(10);
        await Candles.AppendAsync(Btc15m, bars);

        await Assert.ThrowsAsync<ArgumentException>(
            () => Candles.ReplaceAsync(Btc15m, bars[0].OpenTimeMs, bars[5].OpenTimeMs, new[] { bars[5] }));
        await Assert.ThrowsAsync<ArgumentException>(
            () => Candles.ReplaceAsync(Btc15m, bars[0].OpenTimeMs, bars[5].OpenTimeMs, new[] { bars[1], bars[1] }));
        Assert.Equal(bars, await Candles.ReadAsync(Btc15m, 0, long.MaxValue));
    }

    [Fact]
    public async Task Read_Range_IsFromInclusiveToExclusiveInOrderNewestKept()
    {
        var bars = GoldenMarket.Bars(100);
        await Candles.AppendAsync(Btc15m, bars.Reverse().ToArray());

        var range = await Candles.ReadAsync(Btc15m, bars[20].OpenTimeMs, bars[50].OpenTimeMs);
        var newest = await Candles.ReadAsync(Btc15m, bars[20].OpenTimeMs, bars[50].OpenTimeMs, newest: 5);

        Assert.Equal(bars[20..50], range);
        Assert.Equal(bars[45..50], newest);
    }

    [Fact]
    public async Task Last_OfEachSeries_IsItsOwnNewest()
    {
        var bars = GoldenMarket.Bars(10);
        await Candles.AppendAsync(Btc15m, bars);
        await Candles.AppendAsync(Ada15m, bars.AsMemory(0, 3));

        Assert.Equal(bars[9], await Candles.LastAsync(Btc15m));
        Assert.Equal(bars[2], await Candles.LastAsync(Ada15m));
        Assert.Null(await Candles.LastAsync(Btc1h));
    }

    [Fact]
    public async Task Series_OfAStore_AreSortedBySymbolThenFrame()
    {
        Assert.Empty(await Candles.SeriesAsync());
        await Candles.AppendAsync(Btc1h, GoldenMarket.Bars(3, TimeFrame.H1));
        await Candles.AppendAsync(Btc15m, GoldenMarket.Bars(30));
        await Candles.AppendAsync(Ada15m, GoldenMarket.Bars(3));

        Assert.Equal([Ada15m, Btc15m, Btc1h], await Candles.SeriesAsync());
    }
}

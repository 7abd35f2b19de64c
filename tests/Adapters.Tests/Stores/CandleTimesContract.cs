using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using Xunit;

namespace FuturesBot.Adapters.Tests.Stores;

/// <summary>When stored candles open, of every store that can say so without their values.</summary>
public abstract class CandleTimesContract
{
    /// <summary>An empty store.</summary>
    protected abstract ICandleStore Candles { get; }

    /// <summary>The same one.</summary>
    protected abstract ICandleTimes Times { get; }

    [Fact]
    public async Task OpenTimes_OfARange_AreThoseOfItsOwnSeriesInOrder()
    {
        var series = new SeriesInfo(Symbol.Btc, TimeFrame.H1);
        await Candles.AppendAsync(series, new[] { At(4), At(1), At(2), At(3), At(100) });
        await Candles.AppendAsync(new(Symbol.Btc, TimeFrame.H4), new[] { At(0), At(4) });

        Assert.Equal([Hours(2), Hours(3)], await Times.OpenTimesAsync(series, Hours(2), Hours(4)));
        Assert.Equal([Hours(1), Hours(2), Hours(3), Hours(4), Hours(100)], await Times.OpenTimesAsync(series, 0, long.MaxValue));
    }

    private static long Hours(int hour) => hour * 3_600_000L;

    private static Candle At(int hour) => new(Hours(hour), 1, 2, 0.5, 1.5, 10, 15, 5, 3);
}

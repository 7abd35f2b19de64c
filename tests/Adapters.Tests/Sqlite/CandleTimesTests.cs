using FuturesBot.Adapters.Sqlite;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Adapters.Tests.Sqlite;

public sealed class CandleTimesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteStore _store;

    public CandleTimesTests() => _store = SqliteStore.Open(_folder["bot.db"]);

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task OpenTimes_OfARange_AreThoseOfItsOwnSeriesInOrder()
    {
        var series = new SeriesInfo(Symbol.Btc, TimeFrame.H1);
        await _store.AppendAsync(series, new[] { At(4), At(1), At(2), At(3) });
        await _store.AppendAsync(new(Symbol.Btc, TimeFrame.H4), new[] { At(0), At(4) });

        Assert.Equal([Hours(2), Hours(3)], await _store.OpenTimesAsync(series, Hours(2), Hours(4)));
    }

    private static long Hours(int hour) => hour * 3_600_000L;

    private static Candle At(int hour) => new(Hours(hour), 1, 2, 0.5, 1.5, 10, 15, 5, 3);
}

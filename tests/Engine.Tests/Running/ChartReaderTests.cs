using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Running;

public sealed class ChartReaderTests
{
    private const long Day = 1_759_276_800_000;   // 2025-10-01, UTC
    private const int Chart = 100;

    private readonly Lock _gate = new();
    private readonly CountedStore _store = new();
    private readonly CandleShelf _few = new(0, ShelfDepth.OnDemand(Chart, charts: 3, hourCloses: 0));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Newest_OfAShelfOnDemand_AreTheCandlesOfADeepOne()
    {
        // given: a thousand candles of each frame, told one by one, and stored a moment later
        var deep = new CandleShelf(0, new(Chart, Chart));
        using var charts = new ChartReader(_few, _gate, _store);
        var random = new Random(7);
        for (var i = 0; i < 1_000; i++)
        {
            foreach (var frame in TimeFrames.All)
            {
                var series = new SeriesInfo(Symbol.Btc, frame);
                deep.Add(new(series, At(frame, i)));
                _few.Add(new(series, At(frame, i)));
                if (i >= 3) await _store.AppendAsync(series, new[] { At(frame, i - 3) }, Cancel);
            }

            if (random.Next(10) > 0) continue;

            // when: somebody looks
            var looked = new SeriesInfo(Symbol.Btc, TimeFrames.All[random.Next(TimeFrames.All.Count)]);
            var limit = random.Next(1, 150);
            var shown = await charts.NewestAsync(looked, limit, Cancel);

            // then
            Assert.Equal(deep.Newest(looked, limit), shown);
        }

        Assert.Equal(3, _few.ChartCount);
    }

    [Fact]
    public async Task Newest_LookedAtAgain_IsReadFromTheStoreOnce()
    {
        await FillAsync(TimeFrame.M1, TimeFrame.M5, TimeFrame.M15, TimeFrame.H1);
        using var charts = new ChartReader(_few, _gate, _store);

        foreach (var frame in (TimeFrame[])[TimeFrame.M1, TimeFrame.M5, TimeFrame.M15, TimeFrame.M1]) await LookAsync(frame);
        Assert.Equal(3, _store.Reads);

        // when: a fourth chart comes, the one goes that nobody has looked at for longest
        await LookAsync(TimeFrame.H1);
        await LookAsync(TimeFrame.M1);
        await LookAsync(TimeFrame.M15);
        Assert.Equal((4, 3), (_store.Reads, _few.ChartCount));

        // then: it is read again, and is the same
        await LookAsync(TimeFrame.M5);
        Assert.Equal((5, 3), (_store.Reads, _few.ChartCount));

        async Task LookAsync(TimeFrame frame) => Assert.Equal(
            Enumerable.Range(200 - Chart, Chart).Select(i => At(frame, i)), await charts.NewestAsync(new(Symbol.Btc, frame), 500, Cancel));
    }

    [Fact]
    public async Task Newest_OfAStoreThatIsAheadOfTheRun_EndsWhereTheRunStands()
    {
        // given: a store that was filled further than the run has come
        await FillAsync(TimeFrame.M15);
        await _store.AppendAsync(new(Symbol.Btc, TimeFrame.M15), new[] { At(TimeFrame.M15, 200), At(TimeFrame.M15, 201) }, Cancel);
        using var charts = new ChartReader(_few, _gate, _store);
        Assert.Equal(At(TimeFrame.M15, 199), (await charts.NewestAsync(new(Symbol.Btc, TimeFrame.M15), 10, Cancel))[^1]);

        // when
        _few.Add(new(new(Symbol.Btc, TimeFrame.M15), At(TimeFrame.M15, 200)));

        // then: it comes once
        Assert.Equal([At(TimeFrame.M15, 199), At(TimeFrame.M15, 200)], await charts.NewestAsync(new(Symbol.Btc, TimeFrame.M15), 2, Cancel));
    }

    [Theory, InlineData(true, 1), InlineData(false, 0)]
    public async Task Newest_WhereAnotherProcessWrites_ForgetsWhatWasRemembered(bool isWrittenElsewhere, int refreshes)
    {
        await FillAsync(TimeFrame.M15);
        using var charts = new ChartReader(_few, _gate, _store, () => isWrittenElsewhere);

        await charts.NewestAsync(new(Symbol.Btc, TimeFrame.M15), 10, Cancel);
        await charts.NewestAsync(new(Symbol.Btc, TimeFrame.M15), 10, Cancel);

        Assert.Equal((refreshes, 1), (_store.Refreshes, _store.Reads));
    }

    [Fact]
    public async Task Newest_OfADeepShelf_AsksNoStore()
    {
        var deep = new CandleShelf(0, ShelfDepth.Full);
        deep.Add(new(new(Symbol.Btc, TimeFrame.M15), At(TimeFrame.M15, 0)));
        using var charts = new ChartReader(deep, _gate, _store);

        Assert.Equal([At(TimeFrame.M15, 0)], await charts.NewestAsync(new(Symbol.Btc, TimeFrame.M15), 10, Cancel));
        Assert.Empty(await charts.NewestAsync(new(Symbol.Btc, TimeFrame.H1), 10, Cancel));
        Assert.Equal(0, _store.Reads);
    }

    /// <summary>Two hundred candles of each frame, in the store and on the shelf as a process finds them at its start.</summary>
    private async Task FillAsync(params TimeFrame[] frames)
    {
        foreach (var frame in frames)
        {
            var (series, candles) = (new SeriesInfo(Symbol.Btc, frame), Enumerable.Range(0, 200).Select(i => At(frame, i)).ToArray());
            await _store.AppendAsync(series, candles, Cancel);
            _few.Restore(series, candles[^_few.RestoreOf(frame)..]);
        }
    }

    private static Candle At(TimeFrame frame, int i) => new(Day + (i * frame.Ms()), i + 1, i + 3, i + 0.5, i + 2, 10, 20, 5, 3);

    /// <summary>Counts how often it is read.</summary>
    private sealed class CountedStore : ICandleStore
    {
        private readonly MemoryCandleStore _candles = new();

        public int Reads { get; private set; }

        public int Refreshes { get; private set; }

        public Task<AppendCounts> AppendAsync(SeriesInfo series, ReadOnlyMemory<Candle> candles, CancellationToken cancel = default) =>
            _candles.AppendAsync(series, candles, cancel);

        public Task<RepairCounts> ReplaceAsync(
            SeriesInfo series, long fromMs, long toMs, ReadOnlyMemory<Candle> candles, CancellationToken cancel = default) =>
            _candles.ReplaceAsync(series, fromMs, toMs, candles, cancel);

        public Task<IReadOnlyList<Candle>> ReadAsync(
            SeriesInfo series, long fromMs, long toMs, int newest = int.MaxValue, CancellationToken cancel = default)
        {
            Reads++;
            return _candles.ReadAsync(series, fromMs, toMs, newest, cancel);
        }

        public Task<Candle?> LastAsync(SeriesInfo series, CancellationToken cancel = default) => _candles.LastAsync(series, cancel);

        public Task<IReadOnlyList<SeriesInfo>> SeriesAsync(CancellationToken cancel = default) => _candles.SeriesAsync(cancel);

        public Task RefreshAsync(CancellationToken cancel = default)
        {
            Refreshes++;
            return Task.CompletedTask;
        }
    }
}

using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.TestKit;
using FeedCandle = FuturesBot.Engine.Running.FeedCandle;
using Xunit;

namespace FuturesBot.Engine.Tests.Running;

public sealed class ExchangeFeedTests
{
    private const long Midnight = 1_767_225_600_000;   // 2026-01-01T00:00Z
    private const long Minute = 60_000;

    private static readonly Symbol Eth = Symbol.Parse("ETHUSDT");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_StoredThenStreamed_EveryCandleComesOnceInOrder()
    {
        var exchange = new FakeExchange();
        await exchange.StoreAsync(Midnight, Midnight + (40 * Minute));
        using var feed = exchange.Feed(storedUntilMs: Midnight + (40 * Minute));
        exchange.MoveTo(Midnight + (40 * Minute));
        foreach (var series in feed.Series) exchange.Tell(feed, series, Midnight + (15 * Minute), Midnight + (45 * Minute));

        var closes = await exchange.ReadToAsync(feed, Midnight + (45 * Minute), Cancel);

        Assert.Equal(Enumerable.Range(1, 45).Select(i => Midnight + (i * Minute)), closes);
        exchange.AssertWhole(Midnight, Midnight + (45 * Minute));
        Assert.Equal(0, exchange.Requests);
        Assert.Equal(0, feed.Missed);
    }

    [Fact]
    public async Task WaitAsync_AStreamKeepsACandleBack_ItIsAskedForAndNothingIsMissing()
    {
        var exchange = new FakeExchange();
        using var feed = exchange.Feed(storedUntilMs: Midnight);
        var brought = new List<(SeriesInfo, long)>();
        feed.Brought = (series, candle) => brought.Add((series, candle.OpenTimeMs));
        exchange.MoveTo(Midnight + (14 * Minute));
        foreach (var series in feed.Series.Where(series => series != new SeriesInfo(Eth, TimeFrame.M15)))
            exchange.Tell(feed, series, Midnight, Midnight + (15 * Minute));

        var closes = await exchange.ReadToAsync(feed, Midnight + (15 * Minute), Cancel);

        Assert.Equal(Midnight + (15 * Minute), closes[^1]);
        Assert.Equal(1, feed.Asked);
        Assert.Equal([(new(Eth, TimeFrame.M15), Midnight)], brought);
        Assert.Equal(0, feed.Missed);
        Assert.InRange(exchange.WaitedMs, 3_000, 4_000);
    }

    [Fact]
    public async Task WaitAsync_ThePastEndsInsideACandleThatNoStreamTells_ItIsAskedForFromItsOpen()
    {
        var exchange = new FakeExchange();
        await exchange.StoreAsync(Midnight, Midnight + (7 * Minute));
        using var feed = exchange.Feed(storedUntilMs: Midnight + (7 * Minute));
        exchange.MoveTo(Midnight + (14 * Minute));
        foreach (var series in feed.Series.Where(series => series.Frame != TimeFrame.M15))
            exchange.Tell(feed, series, Midnight + (7 * Minute), Midnight + (15 * Minute));

        await exchange.ReadToAsync(feed, Midnight + (15 * Minute), Cancel);

        Assert.Equal(0, feed.Missed);
        exchange.AssertWhole(Midnight, Midnight + (15 * Minute));
    }

    [Fact]
    public async Task WaitAsync_TheExchangeDoesNotAnswerEither_GoesOnAfterTenSecondsWithoutIt()
    {
        var exchange = new FakeExchange { Fails = true };
        using var feed = exchange.Feed(storedUntilMs: Midnight);
        exchange.MoveTo(Midnight);
        foreach (var series in feed.Series.Where(series => series != new SeriesInfo(Eth, TimeFrame.M1)))
            exchange.Tell(feed, series, Midnight, Midnight + (2 * Minute));

        var closes = await exchange.ReadToAsync(feed, Midnight + Minute, Cancel);

        Assert.Equal([Midnight + Minute], closes);
        Assert.Equal(1, feed.Missed);
        Assert.InRange(exchange.WaitedMs, 10_000, 10_500);
        Assert.True(feed.Failures >= 1);
        Assert.Empty(feed.Silent);
        Assert.Contains(exchange.Raised, alert => alert.Kind == AlertKind.DataIntegrity);
    }

    [Fact]
    public async Task WaitAsync_ASymbolIsNoLongerTraded_IsWaitedForOnceAndAgainOnlyWhenItSpeaks()
    {
        var exchange = new FakeExchange { EthHaltedMs = (Midnight + Minute, Midnight + (5 * Minute)) };
        using var feed = exchange.Feed(storedUntilMs: Midnight);
        exchange.MoveTo(Midnight);
        var eth = new SeriesInfo(Eth, TimeFrame.M1);
        exchange.Tell(feed, eth, Midnight, Midnight + Minute);
        exchange.Tell(feed, new(Symbol.Btc, TimeFrame.M1), Midnight, Midnight + (2 * Minute));

        await exchange.ReadToAsync(feed, Midnight + (2 * Minute), Cancel);
        Assert.InRange(exchange.WaitedMs, 10_000, 10_500);
        Assert.Equal([Eth], feed.Silent);
        var alert = Assert.Single(exchange.Raised);
        Assert.Contains("ETHUSDT", alert.Text, StringComparison.Ordinal);

        foreach (var minutes in (int[])[3, 4])
        {
            exchange.MoveTo(Midnight + (minutes * Minute));
            exchange.Tell(feed, new(Symbol.Btc, TimeFrame.M1), Midnight, Midnight + (minutes * Minute));
            await exchange.ReadToAsync(feed, Midnight + (minutes * Minute), Cancel);
            Assert.InRange(exchange.WaitedMs, 0, 500);
        }

        Assert.Equal(1, feed.Missed);   // it owes none while it is not traded
        var first = new Candle(Midnight + (5 * Minute), 100, 101, 99, 100, 1);
        exchange.MoveTo(Midnight + (5 * Minute));
        exchange.Tell(feed, new(Symbol.Btc, TimeFrame.M1), Midnight, Midnight + (6 * Minute));
        feed.Take(new(eth, first, IsClosed: false, Midnight + (5 * Minute)));
        await exchange.ReadToAsync(feed, Midnight + (5 * Minute), Cancel);
        Assert.InRange(exchange.WaitedMs, 0, 500);   // what it told belongs to the next minute
        feed.Take(new(eth, first, IsClosed: false, Midnight + (5 * Minute)));
        Assert.Empty(feed.Silent);
        await exchange.ReadToAsync(feed, Midnight + (6 * Minute), Cancel);

        Assert.InRange(exchange.WaitedMs, 3_000, 4_000);   // its stream kept it back: it was asked for
        Assert.Equal((Midnight + (5 * Minute), 1), (exchange.Given[^1].Candle.OpenTimeMs, feed.Missed));
        Assert.Single(exchange.Raised);
    }

    [Fact]
    public async Task WaitAsync_TheExchangeAnswersTooLate_GoesOnAfterTenSecondsAndTakesItForTradedStill()
    {
        var exchange = new FakeExchange { Hangs = true };
        using var feed = exchange.Feed(storedUntilMs: Midnight);
        exchange.MoveTo(Midnight);
        exchange.Tell(feed, new(Symbol.Btc, TimeFrame.M1), Midnight, Midnight + (2 * Minute));

        foreach (var minutes in (int[])[1, 2])
        {
            await exchange.ReadToAsync(feed, Midnight + (minutes * Minute), Cancel);
            Assert.InRange(exchange.WaitedMs, 10_000, 10_500);
        }

        Assert.Equal((2, 2), (feed.Missed, exchange.Requests));
        Assert.Empty(feed.Silent);
    }

    [Fact]
    public async Task WaitAsync_TheNetworkIsAwayForMinutes_WaitsAndThenMendsWhatItMissed()
    {
        var exchange = new FakeExchange { Fails = true };
        using var feed = exchange.Feed(storedUntilMs: Midnight);
        exchange.MoveTo(Midnight + Minute);
        var wait = feed.WaitAsync(Cancel).AsTask();
        for (var i = 0; i < 5 * 60; i++) await exchange.PassAsync(TimeSpan.FromSeconds(1), wait);
        Assert.False(wait.IsCompleted, "nothing had come, and a closing time was passed over");

        exchange.Fails = false;
        var closes = await exchange.ReadToAsync(feed, Midnight + (5 * Minute), Cancel);

        Assert.Equal(Enumerable.Range(1, 5).Select(i => Midnight + (i * Minute)), closes);
        exchange.AssertWhole(Midnight, Midnight + (5 * Minute));
        Assert.Equal(0, feed.Missed);
        await wait;
    }

    [Theory]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(52)]
    public async Task Carry_CutAnywhere_GoesOnIdentically(int cutMinutes)
    {
        var calm = new FakeExchange();
        await calm.StoreAsync(Midnight, Midnight + (70 * Minute));
        using (var feed = calm.Feed(storedUntilMs: Midnight + (70 * Minute)))
            await calm.ReadToAsync(feed, Midnight + (70 * Minute), Cancel);

        var cut = new FakeExchange();
        await cut.StoreAsync(Midnight, Midnight + (70 * Minute));
        using var before = cut.Feed(storedUntilMs: Midnight + (cutMinutes * Minute));
        await cut.ReadToAsync(before, Midnight + (cutMinutes * Minute), Cancel);
        using var after = cut.Feed(storedUntilMs: Midnight + (70 * Minute));
        StateRestorer.Restore(after, StateSaver.Save(before));
        await cut.ReadToAsync(after, Midnight + (70 * Minute), Cancel);

        Assert.Equal(calm.Given, cut.Given);
    }

    /// <summary>An exchange whose candles are known, with a wall time that a test moves; market time runs with it.</summary>
    private sealed class FakeExchange : IExchangeMarket, IExchangeClock, IAlerts
    {
        private static readonly SymbolListing[] Listings =
            [.. new[] { Symbol.Btc, Eth }.Select(symbol => new SymbolListing(symbol, SymbolRules.FromTick(0.01m)))];

        private readonly ManualTime _time = new(DateTimeOffset.FromUnixTimeMilliseconds(Midnight));
        private readonly MemoryCandleStore _store = new();
        private long _aheadMs;
        private long _closesMs = long.MaxValue;
        private int _hanging;

        public List<FeedCandle> Given { get; } = [];

        public List<Alert> Raised { get; } = [];

        public bool Fails { get; set; }

        /// <summary>A request is not answered before it is given up.</summary>
        public bool Hangs { get; init; }

        /// <summary>Between these moments ETH has no candle.</summary>
        public (long FromMs, long UntilMs) EthHaltedMs { get; init; }

        public int Requests { get; private set; }

        /// <summary>Wall time that passed after the last closing time that was read.</summary>
        public long WaitedMs { get; private set; }

        public long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds() + _aheadMs;

        public double Speed => 1;

        public ExchangeFeed Feed(long storedUntilMs) => new(
            new() { Candles = _store, Market = this, Clock = this, Time = _time, Alerts = this }, Listings, Midnight, storedUntilMs);

        public void MoveTo(long marketMs) => _aheadMs += marketMs - NowMs;

        public async Task StoreAsync(long fromMs, long untilMs)
        {
            foreach (var listing in Listings)
            {
                foreach (var frame in ExchangeFeed.Frames)
                    await _store.AppendAsync(new(listing.Symbol, frame), Bars(frame, fromMs, untilMs).ToArray(), Cancel);
            }
        }

        public void Tell(ExchangeFeed feed, SeriesInfo series, long fromMs, long untilMs)
        {
            foreach (var bar in Bars(series.Frame, fromMs, untilMs)) feed.Take(new(series, bar, IsClosed: true, untilMs));
        }

        public async Task<List<long>> ReadToAsync(ExchangeFeed feed, long untilMs, CancellationToken cancel)
        {
            var closes = new List<long>();
            var batch = new List<FeedCandle>();
            while (feed.NextCloseMs <= untilMs)
            {
                _closesMs = feed.NextCloseMs;
                var wait = feed.WaitAsync(cancel).AsTask();
                for (var i = 0; i < 3_000 && !wait.IsCompleted; i++) await PassAsync(TimeSpan.FromMilliseconds(100), wait);
                await wait.WaitAsync(TimeSpan.FromSeconds(10), cancel);
                WaitedMs = NowMs - feed.NextCloseMs;
                closes.Add(feed.NextCloseMs);
                feed.Read(batch);
                Given.AddRange(batch);
            }

            return closes;
        }

        /// <summary>Lets wall time pass, and whoever waits for it go on.</summary>
        public async Task PassAsync(TimeSpan span, Task wait)
        {
            _time.Advance(span);
            for (var i = 0; i < 200 && !wait.IsCompleted && IsAsking(); i++) await Task.Delay(1, Cancel);
        }

        // After the close it looks again after 100 ms at most, unless it waits for answers.
        private bool IsAsking() =>
            Volatile.Read(ref _hanging) == 0
            && (_time.NextDueAt is not { } due || (NowMs >= _closesMs && due > _time.GetUtcNow() + TimeSpan.FromMilliseconds(100)));

        public void AssertWhole(long fromMs, long untilMs)
        {
            foreach (var listing in Listings)
            {
                foreach (var frame in TimeFrames.All)
                {
                    var expected = Bars(frame, fromMs, untilMs).Select(bar => bar.OpenTimeMs);
                    var series = new SeriesInfo(listing.Symbol, frame);
                    Assert.Equal(expected, Given.Where(closed => closed.Series == series).Select(closed => closed.Candle.OpenTimeMs));
                }
            }
        }

        public async Task<IReadOnlyList<Candle>> CandlesAsync(
            SeriesInfo series, long fromMs, long toMs, int limit, RequestLane lane, CancellationToken cancel = default)
        {
            Requests++;
            if (Fails) throw new HttpRequestException("no route to host");
            if (Hangs)
            {
                Interlocked.Increment(ref _hanging);
                using var given = cancel.Register(() => Interlocked.Decrement(ref _hanging));
                await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            }

            var bars = Bars(series.Frame, fromMs, Math.Min(toMs, NowMs));
            if (series.Symbol == Eth) bars = bars.Where(bar => bar.OpenTimeMs < EthHaltedMs.FromMs || bar.OpenTimeMs >= EthHaltedMs.UntilMs);
            return [.. bars.Take(limit)];
        }

        public Task<IReadOnlyList<ExchangeSymbol>> SymbolsAsync(CancellationToken cancel = default) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<Symbol, double>> QuoteVolumesAsync(CancellationToken cancel = default) =>
            throw new NotSupportedException();

        public void Raise(Alert alert) => Raised.Add(AlertTexts.Check(alert));

        /// <summary>The candles that open from <paramref name="fromMs"/> on and have closed by <paramref name="untilMs"/>.</summary>
        private static IEnumerable<Candle> Bars(TimeFrame frame, long fromMs, long untilMs)
        {
            for (var open = frame.OpenOf(fromMs + frame.Ms() - 1); open + frame.Ms() <= untilMs; open += frame.Ms())
            {
                var price = 100 + (open / 60_000 % 13);
                yield return new(open, price, price + 1, price - 1, price, frame.Minutes());
            }
        }
    }
}

using System.Collections.Concurrent;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Streams;

public sealed class KlineStreamTests
{
    private static readonly Symbol Chinese = Symbol.Parse("币安人生USDT");
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    private static readonly StreamOptions Patient = StreamBench.Patient with { SilenceSeconds = 600 };

    [Fact]
    public async Task Follow_450Streams_OpensThreeConnectionsOf200()
    {
        await using var bench = await StreamBench.StartAsync(Patient);
        await using var klines = new KlineStream(bench.Parts, new());
        var series = Symbols(150).SelectMany(symbol => Frames(3), (symbol, frame) => new SeriesInfo(symbol, frame)).ToList();

        await FollowAsync(bench, klines, series);

        Assert.Equal([200, 200, 50], bench.Server.Sockets.Select(socket => socket.Streams.Count).OrderDescending());
        Assert.Equal(450, bench.Server.Sockets.SelectMany(socket => socket.Streams).Distinct().Count());
        Assert.All(bench.Server.Sockets, socket => Assert.Equal("/market/stream", socket.Path));
        Assert.Equal((450, 450), (klines.Health.Sum(line => line.Streams), klines.Health.Sum(line => line.Subscribed)));
    }

    [Fact]
    public async Task Follow_ChangedSet_MovesNoStreamThatStays()
    {
        await using var bench = await StreamBench.StartAsync(Patient with { StreamsPerConnection = 4 });
        await using var klines = new KlineStream(bench.Parts, new());
        var symbols = Symbols(12);
        await FollowAsync(bench, klines, [.. symbols.Take(8).Select(Minutes)]);
        var before = bench.Server.Sockets.Select(socket => socket.Streams.Order().ToList()).ToList();

        await FollowAsync(bench, klines, [.. symbols.Skip(4).Take(7).Select(Minutes)]);
        await bench.UntilAsync(() => bench.Server.Open.Sum(socket => socket.Streams.Count) == 7, Step);

        Assert.All(bench.Server.Sockets.Take(2).Zip(before), pair => Assert.Equal(
            pair.Second.Where(name => symbols.Skip(4).Any(symbol => name.StartsWith(symbol.Name.ToLowerInvariant(), StringComparison.Ordinal))),
            pair.First.Streams.Where(pair.Second.Contains).Order()));
        Assert.Equal(2, bench.Server.Open.Count);

        await FollowAsync(bench, klines, []);
        await bench.UntilAsync(() => bench.Server.Open.Count == 0, Step);
        Assert.Empty(klines.Health);
    }

    [Fact]
    public async Task Received_CandlesOfAnyScript_AreToldInOrder()
    {
        await using var bench = await StreamBench.StartAsync(Patient);
        await using var klines = new KlineStream(bench.Parts, new());
        var heard = new ConcurrentQueue<KlineEvent>();
        klines.Received = heard.Enqueue;
        await FollowAsync(bench, klines, [Minutes(Symbol.Btc), Minutes(Chinese)]);
        var open = TimeFrame.M1.OpenOf(bench.Clock.NowMs);

        await bench.Server.PublishAsync("btcusdt@kline_1m", StreamText.Kline(Symbol.Btc, TimeFrame.M1, open, 101, isClosed: false));
        await bench.Server.PublishAsync("btcusdt@kline_1m", StreamText.Kline(Symbol.Btc, TimeFrame.M1, open, 102, isClosed: true));
        await bench.Server.PublishAsync("币安人生usdt@kline_1m", StreamText.Kline(Chinese, TimeFrame.M1, open, 103, isClosed: true));
        await bench.Server.PublishAsync("btcusdt@kline_1m", StreamText.Kline(Symbol.Parse("ETHUSDT"), TimeFrame.M1, open, 1, isClosed: true));
        await bench.UntilAsync(() => heard.Count == 3 && klines.Health[0].Rubbish == 1);

        Assert.Equal(
            [(Symbol.Btc, 101.0, false), (Symbol.Btc, 102.0, true), (Chinese, 103.0, true)],
            heard.Select(told => (told.Series.Symbol, told.Candle.Close, told.IsClosed)));
        Assert.Equal(new Candle(open, 100, 200, 50, 102, 10.5, 1050, 5, 2), heard.ElementAt(1).Candle);
        Assert.Equal(3, klines.Health[0].Messages);
    }

    [Fact]
    public async Task Watch_ClosedCandleDoesNotCome_RenewsTheConnectionAndTellsPeople()
    {
        await using var bench = await StreamBench.StartAsync(Patient with { RenewPauseSeconds = 1 });
        await using var klines = new KlineStream(bench.Parts, new());
        var heard = new ConcurrentQueue<KlineEvent>();
        klines.Received = heard.Enqueue;
        var eth = Symbol.Parse("ETHUSDT");
        await FollowAsync(bench, klines, [Minutes(Symbol.Btc), Minutes(eth)]);
        var first = TimeFrame.M1.OpenOf(bench.Clock.NowMs);

        // BTC closes every minute; of ETH only the candle in progress is heard, which proves nothing.
        for (var minute = 0; minute < 4; minute++)
        {
            var open = first + (minute * TimeFrame.M1.Ms());
            await bench.UntilAsync(() => bench.Clock.NowMs >= open + TimeFrame.M1.Ms(), TimeSpan.FromSeconds(1));
            await bench.Server.PublishAsync("btcusdt@kline_1m", StreamText.Kline(Symbol.Btc, TimeFrame.M1, open, 101, isClosed: true));
            await bench.Server.PublishAsync("ethusdt@kline_1m", StreamText.Kline(eth, TimeFrame.M1, open, 101, isClosed: false));
            var told = minute + 1;
            await bench.UntilAsync(() => heard.Count(candle => candle.IsClosed) >= told);
        }

        await bench.UntilAsync(() => klines.Overdue == 4 || bench.Clock.NowMs > first + (5 * TimeFrame.M1.Ms()), TimeSpan.FromSeconds(1));
        Assert.InRange(klines.Overdue, 3, 4);
        for (var second = 1; klines.Health[0].Renewals == 0; second++)
        {
            // A new connection takes over when it speaks, so something must be said.
            await bench.Server.PublishAsync(
                "ethusdt@kline_1m", StreamText.Kline(eth, TimeFrame.M1, first + (4 * TimeFrame.M1.Ms()), 101, isClosed: false));
            await bench.AdvanceAsync(TimeSpan.FromSeconds(1));
            Assert.True(second < 600, string.Join('\n', bench.Log.Lines));
        }

        Assert.InRange(klines.Health[0].Renewals, 1, 3);
        Assert.Equal(0, klines.Health[0].Reconnects);
        var alert = Assert.Single(bench.Alerts.All);
        Assert.Contains("ETHUSDT 1m", alert.Text);
        Assert.DoesNotContain("BTC", alert.Text);
        Assert.Equal(
            Enumerable.Range(0, 4).Select(minute => first + (minute * TimeFrame.M1.Ms())),
            heard.Where(candle => candle.IsClosed).Select(candle => candle.Candle.OpenTimeMs).Distinct());
    }

    [Fact]
    public async Task Watch_ClosedCandlesComeInTime_LeavesTheConnectionAlone()
    {
        await using var bench = await StreamBench.StartAsync(Patient, speed: 60);
        await using var klines = new KlineStream(bench.Parts, new());
        var heard = new ConcurrentQueue<KlineEvent>();
        klines.Received = heard.Enqueue;
        await FollowAsync(bench, klines, [Minutes(Symbol.Btc)]);
        var open = TimeFrame.M1.OpenOf(bench.Clock.NowMs);
        for (var minute = 0; minute < 30; minute++, open += TimeFrame.M1.Ms())
        {
            await bench.UntilAsync(() => bench.Clock.NowMs >= open + TimeFrame.M1.Ms(), Step);
            await bench.Server.PublishAsync("btcusdt@kline_1m", StreamText.Kline(Symbol.Btc, TimeFrame.M1, open, 101, isClosed: true));
            var told = minute + 1;
            await bench.UntilAsync(() => heard.Count == told);
        }

        Assert.Equal(0, klines.Overdue);
        Assert.Single(bench.Server.Sockets);
    }

    [Fact]
    public async Task Follow_StreamEndsBeforeTheExchangeAnswers_IsCancelled()
    {
        await using var bench = await StreamBench.StartAsync(Patient);
        bench.Server.Answers = false;
        var klines = new KlineStream(bench.Parts, new());
        var follow = klines.FollowAsync([Minutes(Symbol.Btc)]);
        await bench.UntilAsync(() => bench.Server.Sockets is [{ Received.Count: 1 }]);

        await klines.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => follow);
    }

    [Fact]
    public async Task Follow_WaitIsCancelled_TheWishStands()
    {
        await using var bench = await StreamBench.StartAsync(Patient);
        bench.Server.Answers = false;
        await using var klines = new KlineStream(bench.Parts, new());
        using var enough = new CancellationTokenSource();
        var follow = klines.FollowAsync([Minutes(Symbol.Btc)], enough.Token);
        await bench.UntilAsync(() => bench.Server.Sockets is [{ Received.Count: 1 }]);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => follow);

        bench.Server.Answers = true;
        bench.Server.Sockets[0].Cut();
        await bench.UntilAsync(() => bench.Server.Open is [{ Streams.Count: 1 }], Step);
    }

    [Fact]
    public async Task Watch_MarketStandsStill_OwesNoCandle()
    {
        await using var bench = await StreamBench.StartAsync(Patient with { SilenceSeconds = 10 });
        await using var klines = new KlineStream(bench.Parts, new());
        await FollowAsync(bench, klines, [Minutes(Symbol.Btc)]);
        var open = TimeFrame.M1.OpenOf(bench.Clock.NowMs);

        // The clock runs on, and the candle in progress is told again and again at the same moment of the market.
        for (var i = 0; i < 40; i++)
        {
            await bench.Server.PublishAsync(
                "btcusdt@kline_1m", StreamText.Kline(Symbol.Btc, TimeFrame.M1, open, 101, isClosed: false, eventMs: open + 30_000));
            var told = i + 1;
            await bench.UntilAsync(() => klines.Health[0].Messages == told);
            await bench.AdvanceAsync(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(0, klines.Overdue);
        Assert.Single(bench.Server.Sockets);
    }

    private static async Task FollowAsync(StreamBench bench, KlineStream klines, IReadOnlyCollection<SeriesInfo> series)
    {
        var follow = klines.FollowAsync(series);
        await bench.UntilAsync(() => follow.IsCompleted, TimeSpan.FromMilliseconds(50), "the subscriptions");
        await follow;
    }

    private static SeriesInfo Minutes(Symbol symbol) => new(symbol, TimeFrame.M1);

    private static List<Symbol> Symbols(int count) => [.. Enumerable.Range(0, count).Select(i => Symbol.Parse($"S{i:000}USDT"))];

    private static IEnumerable<TimeFrame> Frames(int count) => TimeFrames.All.Take(count);
}

using System.Collections.Concurrent;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Binance.Books;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Simulator;
using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Market;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using BookState = FuturesBot.Simulator.Wire.BookState;

namespace FuturesBot.Adapters.Tests.Binance.Streams;

/// <summary>Streams, books and the account's events over the wire, against an exchange that shares no code with them.</summary>
public sealed class StreamsAgainstSimulatorTests
{
    private static readonly BookOptions Single = new() { Twins = false };
    private static readonly Symbol[] Three = [Symbol.Btc, Symbol.Parse("ETHUSDT"), Symbol.Parse("SOLUSDT")];

    [Fact]
    public async Task Klines_OfAFastMarket_AreTheExchangesAndComplete()
    {
        await using var bench = await Bench.StartAsync(speed: 600);
        await using var klines = new KlineStream(bench.Parts, new());
        var closed = new ConcurrentQueue<KlineEvent>();
        klines.Received = told =>
        {
            if (told.IsClosed) closed.Enqueue(told);
        };
        await klines.FollowAsync([.. Three.Select(symbol => new SeriesInfo(symbol, TimeFrame.M1))]);

        await bench.UntilAsync(() => closed.Count >= 3 * 8, "eight minutes of market time");

        foreach (var symbol in Three)
        {
            var heard = closed.Where(told => told.Series.Symbol == symbol).Select(told => told.Candle).ToList();
            var rules = bench.Exchange.Truth.Symbols[bench.Exchange.Truth.PlaceOf(symbol.Name)];
            var truth = bench.Exchange.Truth
                .Closed(bench.Exchange.Truth.PlaceOf(symbol.Name), KlineInterval.M1, heard[0].OpenTimeMs, heard[^1].OpenTimeMs, 100)
                .Select(row => CandleOf(row, rules));
            Assert.Equal(truth, heard);
        }

        Assert.Equal(0, klines.Overdue);
        Assert.Equal((0L, 0), (klines.Health[0].Rubbish, klines.Health[0].Reconnects));
    }

    [Fact]
    public async Task Books_OnALineWithFaults_NeverDifferFromTheExchangesWhileSynced()
    {
        await using var bench = await Bench.StartAsync(speed: 1, FaultOf(FaultKind.Lose, 0.02), FaultOf(FaultKind.Double, 0.02), FaultOf(FaultKind.Reorder, 0.02));
        await using var books = new BookKeeper(bench.Parts, new(), bench.Binance.Rest, Single with { CoolDownSeconds = 1 });
        await books.FollowAsync(Three);

        var (checkedStates, wrong) = (0, new List<string>());
        await bench.UntilAsync(() =>
        {
            foreach (var symbol in Three) Check(symbol);
            return checkedStates > 200 && books.Health.Gaps > 3;
        }, $"books that are checked: {checkedStates}");

        Assert.Empty(wrong);
        Assert.True(bench.Exchange.Control.Struck.Count == 3, "a fault did not strike");
        bench.Exchange.Control.Clear();
        await bench.UntilAsync(() => Three.All(symbol => books.Read(symbol).Trust == BookTrust.Synced), "all books in step");

        void Check(Symbol symbol)
        {
            var view = books.View(symbol, 20)!;
            var place = bench.Exchange.Truth.PlaceOf(symbol.Name);
            if (view.Reading.Trust != BookTrust.Synced || bench.Exchange.Truth.Book(place, view.Reading.LastUpdateId) is not { } truth) return;
            checkedStates++;
            var shown = BookState.Of(new(
                view.Reading.LastUpdateId, 0, 0, Levels(view.Bids, bench.Exchange.Truth.Symbols[place]), Levels(view.Asks, bench.Exchange.Truth.Symbols[place])));
            if (shown != truth) wrong.Add($"{symbol} {shown} is not {truth}");
        }
    }

    [Fact]
    public async Task Books_OnTwoLinesThatLose_NeedFewSnapshots()
    {
        await using var bench = await Bench.StartAsync(speed: 1, FaultOf(FaultKind.Lose, 0.1), FaultOf(FaultKind.Reorder, 0.02));
        await using var books = new BookKeeper(bench.Parts, new(), bench.Binance.Rest, new() { CoolDownSeconds = 1, GapPatienceSeconds = 2, StaleSeconds = 600 });
        await books.FollowAsync(Three);

        await bench.UntilAsync(() => books.Health.OldUpdates > 200, "updates that come twice");

        // A tenth is lost on each line: some fifty on either, of which five on both.
        var health = books.Health;   // read once: a gap between two readings would be a difference
        Assert.InRange(health.Gaps, 0, 20);
        Assert.Equal(health.Gaps, health.Resyncs);
    }

    [Fact]
    public async Task Books_OneOfTwoLinesIsCutAgainAndAgain_StayInStep()
    {
        await using var bench = await Bench.StartAsync(speed: 1);
        await using var books = new BookKeeper(bench.Parts, new(), bench.Binance.Rest, new() { StaleSeconds = 600, ReachLowBp = 10 });
        await books.FollowAsync(Three);
        await bench.UntilAsync(() => Three.All(symbol => books.Read(symbol).Trust == BookTrust.Synced), "all books in step");

        for (var cuts = 1; cuts <= 3; cuts++)
        {
            await bench.UntilAsync(() => books.Books.All(book => book.Connections == 2), "both connections");
            bench.Exchange.Control.Add(new(FaultKind.Disconnect) { Count = 1 });
            var told = cuts;
            await bench.UntilAsync(() => books.Streams.Sum(line => line.Reconnects) == told, "the cut");
            var all = books.Books;
            Assert.True(all.All(book => (book.Trust, book.Resyncs, book.Gaps) == (BookTrust.Synced, 0, 0L)), string.Join("\n", all));
        }
    }

    [Fact]
    public async Task Books_RenewedAgainAndAgain_SeeNoGap()
    {
        await using var bench = await Bench.StartAsync(speed: 1, new StreamOptions { RenewHours = 1.0 / 3600, RenewSpreadMinutes = 0, OverlapSeconds = 0.5 });
        await using var books = new BookKeeper(bench.Parts, new(), bench.Binance.Rest, Single with { LevelsAtFirst = 1_000 });
        await books.FollowAsync(Three);

        await bench.UntilAsync(() => books.Streams[0].Renewals >= 2, "two renewals");

        Assert.Equal((0, 0, 3), (books.Health.Gaps, books.Health.Resyncs, books.Health.Snapshots));
        Assert.Equal(0, books.Streams[0].Reconnects);
        Assert.True(books.Health.OldUpdates > 0);
        Assert.All(Three, symbol => Assert.Equal(BookTrust.Synced, books.Read(symbol).Trust));
    }

    [Fact]
    public async Task Route_WrongSinceTheSplit_IsAcknowledgedAndSilentAndToldOf()
    {
        await using var bench = await Bench.StartAsync(speed: 1, new StreamOptions { SilenceSeconds = 1, AlertAfter = 1 });
        bench.Parts = bench.Parts with { Table = StreamTable.Default.With(new(StreamKind.Depth, StreamRoute.Market, "@depth@100ms", IsSteady: true)) };
        await using var books = new BookKeeper(bench.Parts, new(), bench.Binance.Rest, Single);
        await books.FollowAsync(Three);   // acknowledged, as if all were well

        await bench.UntilAsync(() => bench.Alerts.All.Count > 0, "an alert");

        Assert.Equal(AlertKind.Stream, bench.Alerts.All[0].Kind);
        Assert.Contains("/market 1 with 3 streams is acknowledged but silent", bench.Alerts.All[0].Text);
        Assert.Equal(0, books.Streams[0].Messages);
    }

    [Fact]
    public async Task Socket_FallsSilentThenIsCut_DataComeAgain()
    {
        await using var bench = await Bench.StartAsync(speed: 1, new StreamOptions { SilenceSeconds = 4 });
        await using var books = new BookKeeper(bench.Parts, new(), bench.Binance.Rest, Single with { CoolDownSeconds = 1, StaleSeconds = 600 });
        await books.FollowAsync(Three);
        await bench.UntilAsync(() => Three.All(symbol => books.Read(symbol).Trust == BookTrust.Synced), "all books in step");

        var before = Sight();
        bench.Exchange.Control.Add(new(FaultKind.Silence) { Count = 1 });
        await bench.UntilAsync(() => books.Streams[0].Reconnects > before.Reconnects, "the watchdog");
        Assert.Contains("silent", books.Streams[0].LastEnd);
        await AnewAsync(before);   // a cut before that would find no book to be built anew
        before = Sight();
        bench.Exchange.Control.Add(new(FaultKind.Disconnect) { Count = 1 });
        await bench.UntilAsync(() => books.Streams[0].Reconnects > before.Reconnects, "the cut");
        await AnewAsync(before);

        (int Reconnects, int[] Resyncs) Sight() => (books.Streams[0].Reconnects, [.. Three.Select(symbol => books.Read(symbol).Resyncs)]);

        // Once for each connection that was lost: on a machine that stands still for seconds the watchdog may find more silence than was made.
        async Task AnewAsync((int Reconnects, int[] Resyncs) since)
        {
            await bench.UntilAsync(
                () => Three.All(symbol => books.Read(symbol).Trust == BookTrust.Synced) && Sight() is var now
                    && now.Resyncs.Zip(since.Resyncs).All(pair => pair.First - pair.Second == now.Reconnects - since.Reconnects),
                $"each book built anew once for each connection after {since.Reconnects}, and more often than {string.Join(", ", since.Resyncs)} times");
        }
    }

    [Fact]
    public async Task Rubbish_AmongEvents_IsCountedAndTheBooksAreRight()
    {
        await using var bench = await Bench.StartAsync(speed: 1, FaultOf(FaultKind.RubbishEvent, 0.05));
        await using var books = new BookKeeper(bench.Parts, new(), bench.Binance.Rest, Single with { CoolDownSeconds = 1 });
        await books.FollowAsync(Three);

        await bench.UntilAsync(() => books.Streams[0].Rubbish >= 5, "rubbish");
        bench.Exchange.Control.Clear();
        await bench.UntilAsync(() => Three.All(symbol => books.Read(symbol).Trust == BookTrust.Synced), "all books in step");

        Assert.Equal((0, 0L), (books.Streams[0].Reconnects, books.Streams[0].Faults));
    }

    [Theory]
    [InlineData(UserStreamForm.Subscribe)]
    [InlineData(UserStreamForm.Address)]
    public async Task UserStream_ListenKeyExpires_IsReplacedWithItsSocket(UserStreamForm form)
    {
        await using var bench = await Bench.StartAsync(speed: 1, new StreamOptions { UserStreamForm = form });
        await using var stream = new UserStream(bench.Parts, bench.Binance.Rest);
        var heard = new ConcurrentQueue<UserEvent>();
        stream.Received = heard.Enqueue;
        stream.Start();
        await bench.UntilAsync(() => heard.Count == 1, "the first connection");

        bench.Exchange.Control.Add(new(FaultKind.ExpireListenKeys) { Count = 1 });
        await bench.UntilAsync(() => heard.Count == 3, "the second connection");

        Assert.Equal(
            [typeof(UserEvent.Resynced), typeof(UserEvent.ListenKeyExpired), typeof(UserEvent.Resynced)], heard.Select(told => told.GetType()));
        Assert.Equal(0, stream.Health.Unreadable);
    }

    [Fact]
    public async Task UserStream_FastMarket_KeepsItsListenKeyAlive()
    {
        // An hour of market time, the life of a listen key, is less than two seconds.
        await using var bench = await Bench.StartAsync(speed: 2000);
        await using var stream = new UserStream(bench.Parts, bench.Binance.Rest);
        var heard = new ConcurrentQueue<UserEvent>();
        stream.Received = heard.Enqueue;
        stream.Start();
        await bench.UntilAsync(() => heard.Count == 1, "the first connection");

        var begun = bench.Exchange.NowMs;
        await bench.UntilAsync(() => bench.Exchange.NowMs - begun > 1.5 * 3_600_000, "an hour and a half of market time");

        Assert.Single(heard);
        Assert.Equal(0, stream.Health.Connection.Reconnects);
    }

    private static FaultRule FaultOf(FaultKind kind, double probability) => new(kind) { Stream = "*@depth*", Probability = probability };

    private static List<DepthLevel> Levels(IReadOnlyList<BookLevel> levels, MarketSymbol rules) =>
        [.. levels.Select(level => new DepthLevel(level.Price / FixedPoint.From(rules.TickSize), level.Quantity / FixedPoint.From(rules.StepSize)))];

    private static Candle CandleOf(in KlineRow row, MarketSymbol rules) => new(
        row.OpenMs, (double)(row.Open * rules.TickSize), (double)(row.High * rules.TickSize), (double)(row.Low * rules.TickSize),
        (double)(row.Close * rules.TickSize), (double)(row.Volume * rules.StepSize), row.QuoteVolume, (double)(row.TakerBuyVolume * rules.StepSize), row.Trades);

    /// <summary>A running exchange, and the adapters that speak to it.</summary>
    private sealed class Bench : IAsyncDisposable
    {
        private Bench(SimulatedExchange exchange, BinanceExchange binance, StreamOptions options)
        {
            (Exchange, Binance) = (exchange, binance);
            Parts = new(
                exchange.Streams, options, TimeProvider.System, binance.Clock, new Random(1),
                new ConnectionBudget(TimeProvider.System, options.ConnectionsPerFiveMinutes), Alerts, Log)
            { Redactor = binance.Redactor };
        }

        public SimulatedExchange Exchange { get; }

        public BinanceExchange Binance { get; }

        public StreamParts Parts { get; set; }

        public HeardAlerts Alerts { get; } = new();

        public HeardLog Log { get; } = new();

        public static Task<Bench> StartAsync(double speed, params FaultRule[] faults) => StartAsync(speed, new StreamOptions(), faults);

        public static async Task<Bench> StartAsync(double speed, StreamOptions streams, params FaultRule[] faults)
        {
            var start = TimeFrame.D1.OpenOf(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()) - TimeFrame.D1.Ms();
            var exchange = await SimulatedExchange.StartAsync(
                new() { Speed = speed, KeepTruth = true, MarketStartMs = start, Faults = new() { Rules = faults } },
                TimeProvider.System, logs: null, default);
            var addresses = ExchangeAddresses.OnLoopback(exchange.Rest.Port);
            var binance = new BinanceExchange(new(
                addresses, BinanceKeys.Simulator, new ExchangeOptions(), new NoBans(), new HeardAlerts(), NullLoggerFactory.Instance, TimeProvider.System)
            {
                Speed = speed,
            });
            await binance.StartAsync();
            return new(exchange, binance, streams);
        }

        public async Task UntilAsync(Func<bool> condition, string what)
        {
            var patience = System.Diagnostics.Stopwatch.StartNew();
            while (!condition())
            {
                Assert.True(patience.Elapsed < TimeSpan.FromMinutes(3), $"Waited three minutes for {what}; the log:\n{string.Join('\n', Log.Lines)}");
                Assert.False(Exchange.Completion.IsFaulted, Exchange.Completion.Exception?.ToString());
                await Task.Delay(10);
            }
        }

        public async ValueTask DisposeAsync()
        {
            Binance.Dispose();
            await Exchange.DisposeAsync();
        }
    }

    private sealed class NoBans : IBanMemory
    {
        public Task<long> LoadAsync(CancellationToken cancel = default) => Task.FromResult(0L);

        public Task SaveAsync(long bannedUntilMs, CancellationToken cancel = default) => Task.CompletedTask;
    }
}

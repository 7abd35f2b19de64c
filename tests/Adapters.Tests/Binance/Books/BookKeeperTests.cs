using System.Collections.Concurrent;
using System.Text;
using FuturesBot.Adapters.Binance.Books;
using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Adapters.Tests.Binance.Streams;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Books;

public sealed class BookKeeperTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    // A test moves time while nothing comes; what is to be seen is the book's own rule.
    private static readonly StreamOptions Patient = StreamBench.Patient with { SilenceSeconds = 600 };
    private static readonly BookOptions Single = new() { Twins = false };
    private static readonly BookOptions Still = Single with { StaleSeconds = 600, SilenceSeconds = 3600 };
    private static readonly BookOptions StillTwins = Still with { Twins = true };

    [Fact]
    public async Task Follow_StreamAndSnapshot_ShowTheExchangesBook()
    {
        await using var exchange = await Exchange.StartAsync(Patient, Still, "BTCUSDT", "币安人生USDT");
        await exchange.InStepAsync();

        await exchange.PublishAsync(20);
        await exchange.UntilAsync(exchange.AllAreCurrent);

        foreach (var book in exchange.Books)
        {
            var truth = book.Snapshot(0);
            var view = exchange.Keeper.View(book.Symbol, 1000)!;
            Assert.Equal(truth.Bids, view.Bids);
            Assert.Equal(truth.Asks, view.Asks);
            Assert.Equal(FixedPoint.ToDouble(truth.Bids[0].Price), view.Reading.BestBid);
            Assert.Equal(BookTrust.Synced, view.Reading.Trust);
            Assert.False(double.IsNaN(view.Reading.Imbalance));
        }

        Assert.Equal((0, 0), (exchange.Keeper.Health.Gaps, exchange.Keeper.Health.Resyncs));
        Assert.Equal(2, exchange.Keeper.Health.Snapshots);
    }

    [Fact]
    public async Task Read_SymbolNotFollowed_IsDisconnected()
    {
        await using var exchange = await Exchange.StartAsync(Patient, Still, "BTCUSDT");

        var reading = exchange.Keeper.Read(Symbol.Parse("ETHUSDT"));

        Assert.Equal((BookTrust.Disconnected, 0), (reading.Trust, reading.LastUpdateId));
        Assert.True(double.IsNaN(reading.BestBid));
        Assert.Null(exchange.Keeper.View(Symbol.Parse("ETHUSDT"), 5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Renewal_OverlappingSocketsOfUnequalSpeed_BooksSeeNoGap(int seed)
    {
        await using var exchange = await Exchange.StartAsync(
            Patient with { RenewHours = 0.1, RenewSpreadMinutes = 0 }, Still, seed, "BTCUSDT", "ETHUSDT");
        await exchange.InStepAsync();
        using var enough = new CancellationTokenSource();
        var publishing = Task.Run(async () =>
        {
            var random = new Random(seed);
            while (!enough.IsCancellationRequested)
            {
                await exchange.PublishAsync(1, random);
                if (random.Next(3) == 0) await Task.Delay(1);
            }
        });
        var watching = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                exchange.CheckWhatIsShown();
                await Task.Delay(1);
            }
        });

        exchange.Bench.Time.Advance(TimeSpan.FromMinutes(6));
        await exchange.UntilAsync(() => exchange.Keeper.Streams[0].Renewals == 1, Step);
        var then = exchange.Keeper.Health.Updates;
        await exchange.UntilAsync(() => exchange.Keeper.Health.Updates > then + 100);
        await enough.CancelAsync();
        await Task.WhenAll(publishing, watching);
        await exchange.UntilAsync(exchange.AllAreCurrent);

        var health = exchange.Keeper.Health;
        Assert.True((0, 0, 2) == (health.Gaps, health.Resyncs, health.Snapshots), $"seed {seed}: {health}");
        Assert.True(health.OldUpdates > 0, $"seed {seed}: no message came twice, so nothing was proved");
        Assert.Equal(2, exchange.Bench.Server.Sockets.Count);
    }

    [Fact]
    public async Task Cut_Connection_IsNotBelievedUntilANewSnapshot()
    {
        await using var exchange = await Exchange.StartAsync(Patient, Still, "BTCUSDT");
        await exchange.InStepAsync();

        exchange.Bench.Server.Sockets[0].Cut();
        await exchange.UntilAsync(() => exchange.Keeper.Read(Symbol.Btc).Trust == BookTrust.Disconnected);
        Assert.True(double.IsNaN(exchange.Keeper.Read(Symbol.Btc).BestBid));
        _ = exchange.Books[0].Next(exchange.Bench.Clock.NowMs);   // nobody hears this one
        await exchange.UntilAsync(() => exchange.Bench.Server.Sockets.Count == 2 && exchange.Bench.Server.Open is [{ Streams.Count: 1 }], Step);
        await exchange.InStepAsync();

        Assert.Equal(1, exchange.Keeper.Read(Symbol.Btc).Resyncs);
        Assert.Equal(2, exchange.Keeper.Health.Snapshots);
        exchange.CheckWhatIsShown();
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public async Task AnyDisorder_LostDoubledReorderedUpdates_NeverShowAWrongBookAsSynced(int seed)
    {
        await using var exchange = await Exchange.StartAsync(Patient, Still with { CoolDownSeconds = 1 }, seed, "BTCUSDT");
        await exchange.InStepAsync();
        var random = new Random(seed);
        var held = new List<string>();
        for (var i = 0; i < 400; i++)
        {
            var update = exchange.Next(0);
            switch (random.Next(20))
            {
                case 0: break;                                                    // lost
                case 1: await exchange.SendAsync(0, update); goto default;        // doubled
                case 2 or 3: held.Add(update); break;                             // late
                default: await exchange.SendAsync(0, update); break;
            }

            if (held.Count > 0 && random.Next(3) == 0)
            {
                await exchange.SendAsync(0, held[0]);
                held.RemoveAt(0);
            }

            if (i % 10 == 0)
            {
                exchange.Bench.Time.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(1);
            }

            exchange.CheckWhatIsShown();
        }

        Assert.True(exchange.Keeper.Health.Gaps > 3, $"seed {seed}");
        Assert.True(exchange.Shown > 50, $"seed {seed}: shown {exchange.Shown} times");
        await exchange.InStepAsync();
    }

    [Fact]
    public async Task Snapshots_ManySymbols_AreFetchedAFewAtATime()
    {
        await using var exchange = await Exchange.StartAsync(
            Patient, Still, [.. Enumerable.Range(0, 30).Select(i => $"S{i:00}USDT")]);
        exchange.Snapshots.Hold();

        await exchange.PublishAsync(1);
        await exchange.UntilAsync(() => exchange.Snapshots.Waiting == 5);
        Assert.Equal(5, exchange.Keeper.Health.SnapshotsInFlight);
        exchange.Snapshots.LetGo();
        await exchange.InStepAsync();

        Assert.InRange(exchange.Snapshots.MostAtOnce, 2, 5);
        Assert.All(exchange.Snapshots.Asked, asked => Assert.Equal((100, RequestLane.MarketData), (asked.Limit, asked.Lane)));
        Assert.Equal(30, exchange.Snapshots.Asked.Select(asked => asked.Symbol).Distinct().Count());
    }

    [Fact]
    public async Task Snapshots_ManySymbols_TheFirstInRankComeFirst()
    {
        await using var exchange = await Exchange.StartAsync(
            Patient, Still with { SnapshotsInFlight = 1 }, [.. Enumerable.Range(0, 10).Select(i => $"S{i:00}USDT")]);
        exchange.Keeper.Rank = symbol => int.Parse(symbol.Name[1..3]);
        exchange.Snapshots.Hold();
        await exchange.PublishAsync(1);
        await exchange.UntilAsync(() => exchange.Snapshots.Waiting == 1 && exchange.Keeper.Books.All(book => book.Updates > 0));
        exchange.Snapshots.LetGo();
        await exchange.InStepAsync();

        var order = exchange.Snapshots.Asked.Skip(1).Select(asked => asked.Symbol).Take(9).ToList();
        Assert.Equal(order.OrderByDescending(symbol => symbol), order);
    }

    [Fact]
    public async Task Cut_OneOfTwins_TheBookStaysInStep()
    {
        await using var exchange = await Exchange.StartAsync(Patient, StillTwins, "BTCUSDT");
        await exchange.InStepAsync();
        Assert.Equal([1, 2], exchange.Keeper.Streams.Select(line => line.Number));

        exchange.Bench.Server.Sockets[0].Cut();
        await exchange.UntilAsync(() => exchange.Keeper.Books[0].Connections == 1);
        await exchange.PublishAsync(5);
        await exchange.UntilAsync(exchange.AllAreCurrent);
        exchange.CheckWhatIsShown();
        await exchange.UntilAsync(() => exchange.Keeper.Books[0].Connections == 2, Step);

        var book = Assert.Single(exchange.Keeper.Books);
        Assert.Equal((BookTrust.Synced, 0, 0L), (book.Trust, book.Resyncs, book.Gaps));
        Assert.Single(exchange.Snapshots.Asked);
    }

    [Fact]
    public async Task Snapshot_WithALevelThatNoBookCanHold_IsToldAndTriedAgain()
    {
        await using var exchange = await Exchange.StartAsync(Patient, Still, "BTCUSDT");
        exchange.Snapshots.Distort = right => right with { Asks = [.. right.Asks, new(long.MaxValue, 1)] };
        await exchange.PublishAsync(1);
        await exchange.UntilAsync(() => exchange.Bench.Log.Lines.Any(line => line.Contains(" 2204 ")), TimeSpan.FromMilliseconds(250));
        Assert.NotEqual(BookTrust.Synced, exchange.Keeper.Read(Symbol.Btc).Trust);
        Assert.True(double.IsNaN(exchange.Keeper.Read(Symbol.Btc).BestBid));

        exchange.Snapshots.Distort = null;
        await exchange.InStepAsync();
        exchange.CheckWhatIsShown();
    }

    [Fact]
    public async Task Snapshots_CannotBeHad_AreTriedAgainAndPeopleAreTold()
    {
        await using var exchange = await Exchange.StartAsync(Patient, Still, "BTCUSDT");
        exchange.Snapshots.Fault = new ExchangeException(ExchangeFault.Overloaded, "busy");
        await exchange.PublishAsync(1);

        await exchange.UntilAsync(() => exchange.Bench.Alerts.All.Count > 0, TimeSpan.FromMilliseconds(250));
        var asked = exchange.Snapshots.Asked.Count;
        exchange.Snapshots.Fault = null;
        await exchange.InStepAsync();

        Assert.InRange(asked, 4, 10);   // 1, 2, 4, 8 … seconds apart, for a minute
        var alert = Assert.Single(exchange.Bench.Alerts.All);
        Assert.Equal(AlertKind.Book, alert.Kind);
        Assert.Contains("BTCUSDT", alert.Text);
        Assert.Contains(exchange.Bench.Log.Lines, line => line.Contains("busy"));
    }

    [Fact]
    public async Task Silence_OfOneStreamAmongMany_RenewsItsConnection()
    {
        await using var exchange = await Exchange.StartAsync(Patient, Single, "BTCUSDT", "ETHUSDT");
        await exchange.InStepAsync();

        // ETH goes on; BTC's stream is dead though acknowledged.
        var begun = exchange.Bench.Time.GetUtcNow();
        while (exchange.Keeper.Streams[0].Renewals == 0)
        {
            await exchange.SendAsync(1, exchange.Next(1));
            await exchange.Bench.AdvanceAsync(TimeSpan.FromMilliseconds(250));
            Assert.True(exchange.Bench.Time.GetUtcNow() - begun < TimeSpan.FromMinutes(5), string.Join('\n', exchange.Bench.Log.Lines));
        }

        Assert.Equal(0, exchange.Keeper.Streams[0].Reconnects);
        // The count moves a moment before the line that says why.
        await exchange.UntilAsync(() => exchange.Bench.Log.Lines.Any(line => line.Contains("no depth update of BTCUSDT")));
        Assert.Contains(exchange.Bench.Log.Lines, line => line.Contains("no depth update of BTCUSDT"));
        Assert.NotEqual(BookTrust.Synced, exchange.Keeper.Read(Symbol.Btc).Trust);
        Assert.Equal(BookTrust.Synced, exchange.Keeper.Read(Symbol.Parse("ETHUSDT")).Trust);
    }

    [Fact]
    public async Task Age_UpdateThatWasLongUnderWay_IsOldFromTheStart()
    {
        await using var exchange = await Exchange.StartAsync(Patient, Single, "BTCUSDT");
        await exchange.InStepAsync();

        await exchange.SendAsync(0, exchange.Books[0].Next(exchange.Bench.Clock.NowMs - 2_500));
        await exchange.UntilAsync(() => exchange.Keeper.Read(Symbol.Btc).LastUpdateId == exchange.Books[0].LastId);

        var reading = exchange.Keeper.Read(Symbol.Btc);
        Assert.Equal(2_500, reading.AgeMs);
        Assert.True(double.IsNaN(reading.BestBid));
    }

    [Fact]
    public async Task Follow_SymbolGivenUp_IsForgotten()
    {
        await using var exchange = await Exchange.StartAsync(Patient, Still, "BTCUSDT", "ETHUSDT");
        await exchange.InStepAsync();

        await exchange.FollowAsync(Symbol.Parse("ETHUSDT"));
        await exchange.UntilAsync(() => exchange.Bench.Server.Open is [{ Streams.Count: 1 }], Step);

        Assert.Equal(BookTrust.Disconnected, exchange.Keeper.Read(Symbol.Btc).Trust);
        Assert.Equal(BookTrust.Synced, exchange.Keeper.Read(Symbol.Parse("ETHUSDT")).Trust);
        Assert.Equal(1, exchange.Keeper.Health.ByTrust.Values.Sum());
    }

    /// <summary>A scripted exchange: true books, their streams, and snapshots of them.</summary>
    private sealed class Exchange : IAsyncDisposable
    {
        private Exchange(StreamBench bench, BookOptions options, int seed, IEnumerable<string> symbols)
        {
            Bench = bench;
            Books = [.. symbols.Select((name, i) => new TrueBook(Symbol.Parse(name), seed + i))];
            Snapshots = new(Books, bench.Clock);
            Keeper = new(bench.Parts, new(), Snapshots, options);
        }

        public StreamBench Bench { get; }

        public IReadOnlyList<TrueBook> Books { get; }

        public HeldSnapshots Snapshots { get; }

        public BookKeeper Keeper { get; }

        /// <summary>How often a synced book was found to be right.</summary>
        public int Shown { get; private set; }

        public static Task<Exchange> StartAsync(StreamOptions streams, BookOptions books, params string[] symbols) =>
            StartAsync(streams, books, seed: 1, symbols);

        public static async Task<Exchange> StartAsync(StreamOptions streams, BookOptions books, int seed, params string[] symbols)
        {
            var exchange = new Exchange(await StreamBench.StartAsync(streams, seed: seed), books, seed, symbols);
            await exchange.FollowAsync([.. exchange.Books.Select(book => book.Symbol)]);
            return exchange;
        }

        public async Task FollowAsync(params Symbol[] symbols)
        {
            var follow = Keeper.FollowAsync(symbols);
            await Bench.UntilAsync(() => follow.IsCompleted, Step, "the subscriptions");
            await follow;
        }

        public string Next(int book) => Books[book].Next(Bench.Clock.NowMs);

        public async Task SendAsync(int book, string update, Random? order = null)
        {
            IEnumerable<ServerSocket> sockets = Bench.Server.Open;
            foreach (var socket in order is null ? sockets : sockets.OrderBy(_ => order.Next()))
                await socket.PublishAsync(Books[book].Stream, $$"""{"stream":"{{Books[book].Stream}}","data":{{update}}}""");
        }

        /// <summary>So many updates of every book.</summary>
        public async Task PublishAsync(int updates, Random? order = null)
        {
            for (var i = 0; i < updates * Books.Count; i++) await SendAsync(i % Books.Count, Next(i % Books.Count), order);
        }

        public Task UntilAsync(Func<bool> condition, TimeSpan? step = null) => Bench.UntilAsync(condition, step, Keeper.Health.ToString());

        /// <summary>Publishes until every book is in step.</summary>
        public async Task InStepAsync()
        {
            for (var i = 0; !Books.All(book => Keeper.Read(book.Symbol).Trust == BookTrust.Synced); i++)
            {
                Assert.True(i < 2000, $"{Keeper.Health}\n{string.Join('\n', Bench.Log.Lines)}");
                await PublishAsync(1);
                await Bench.AdvanceAsync(Step);
            }
        }

        public bool AllAreCurrent() => Books.All(book => Keeper.Read(book.Symbol).LastUpdateId == book.LastId);

        /// <summary>A synced book shows what the exchange's book was after that very update.</summary>
        public void CheckWhatIsShown()
        {
            foreach (var book in Books)
            {
                var view = Keeper.View(book.Symbol, 1)!;
                if (view.Reading.Trust != BookTrust.Synced) continue;
                Shown++;
                Assert.Equal(book.BestAt(view.Reading.LastUpdateId), (view.Bids[0].Price, view.Asks[0].Price));
            }
        }

        public async ValueTask DisposeAsync()
        {
            await Keeper.DisposeAsync();
            await Bench.DisposeAsync();
        }
    }

    /// <summary>Snapshots of true books, at once or when the test lets them go.</summary>
    private sealed class HeldSnapshots(IReadOnlyList<TrueBook> books, IExchangeClock clock) : IDepthSnapshots
    {
        private readonly ConcurrentQueue<(Symbol Symbol, int Limit, RequestLane Lane)> _asked = new();
        private readonly Lock _gate = new();
        private TaskCompletionSource? _held;
        private int _waiting;

        public IReadOnlyList<(Symbol Symbol, int Limit, RequestLane Lane)> Asked => [.. _asked];

        public ExchangeException? Fault { get; set; }

        public Func<DepthSnapshot, DepthSnapshot>? Distort { get; set; }

        public int Waiting => Volatile.Read(ref _waiting);

        public int MostAtOnce { get; private set; }

        public void Hold() => _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void LetGo() => _held!.SetResult();

        public async Task<DepthSnapshot> DepthAsync(Symbol symbol, int limit, RequestLane lane, CancellationToken cancel = default)
        {
            _asked.Enqueue((symbol, limit, lane));
            lock (_gate) MostAtOnce = Math.Max(MostAtOnce, ++_waiting);
            try
            {
                if (_held is { } held) await held.Task.WaitAsync(cancel);
                await Task.Yield();
                if (Fault is { } fault) throw fault;
                var right = books.Single(book => book.Symbol == symbol).Snapshot(clock.NowMs);
                return Distort?.Invoke(right) ?? right;
            }
            finally
            {
                lock (_gate) _waiting--;
            }
        }
    }
}

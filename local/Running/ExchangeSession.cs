using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Binance.Books;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Adapters.Binance.Vision;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Simulator;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Local.Running;

/// <summary>
/// An exchange and all that hangs on it for one run: REST, streams, books, the loader and its watches. Which exchange it is
/// makes a difference in <see cref="OpenAsync"/> alone: the simulated one is started here, and then spoken to over its
/// sockets like any other.
/// </summary>
internal sealed partial class ExchangeSession : IAsyncDisposable
{
    private const long DayMs = 86_400_000;
    private const int MinuteDaysMax = 7;   // of minutes that a stopped run missed, this many days are fetched

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _watches = [];
    private readonly RunSettings _settings;
    private readonly IRunStore _store;
    private readonly TimeProvider _time;
    private readonly IngestionLog _listener;
    private readonly SimulatedExchange? _simulated;
    private readonly BinanceExchange _exchange;
    private readonly BudgetUse _use;
    private readonly HttpClient? _archiveHttp;
    private readonly HistoryLoader _loader;
    private readonly SymbolLoadCoordinator _coordinator;
    private readonly SymbolUniverse _wanted;
    private readonly UniverseWatch _universe;
    private readonly KlineStream _klines;
    private readonly BookKeeper? _books;
    private readonly ContextKeeper _context;
    private readonly CandleVerifier _verifier;
    private readonly IAlerts _alerts;
    private readonly RulesNews _rulesNews;
    private Dictionary<Symbol, ExchangeSymbol> _listed = [];

    private ExchangeSession(
        RunSettings settings, IRunStore store, string stateFolder, SimulatedExchange? simulated, BinanceExchange exchange,
        IAlerts alerts, ILoggerFactory logs, TimeProvider time)
    {
        (_settings, _store, _simulated, _exchange, _alerts, _time) = (settings, store, simulated, exchange, alerts, time);
        _listener = new(logs.CreateLogger("FuturesBot.Ingestion"));
        var bot = settings.Bot;
        _use = new(exchange.Budget);
        var pause = new BurstPause(_use, bot.Ingestion.Loader, time);
        ICandleArchive? archive = null;
        if (bot.Ingestion.Loader.Archive)
        {
            _archiveHttp = ExchangeHttp.Create(bot.Exchange, exchange.Proxy, exchange.Redactor);
            var limits = new VisionLimits();
            archive = new VisionArchive(
                new(_archiveHttp, exchange.Addresses.Archive, limits, time), Path.Combine(stateFolder, "archive"), limits);
        }

        _loader = new(exchange.Market, store, exchange.Clock, archive, pause, bot.Ingestion.Loader, _listener);
        _coordinator = new(_loader, bot.Ingestion.Loader, time, _listener);
        _wanted = new(bot.Universe);
        _rulesNews = new(alerts, time);
        _universe = new(exchange.Market, _wanted, exchange.Clock, bot.Universe, time, _listener);
        var symbols = new SymbolTable();
        var streams = new StreamParts(
            exchange.Addresses.Streams, bot.Streams, time, exchange.Clock, new Random(unchecked((int)time.GetTimestamp())),
            new(time, bot.Streams.ConnectionsPerFiveMinutes), alerts, logs.CreateLogger("FuturesBot.Streams"))
        { Proxy = exchange.Proxy };
        _klines = new(streams, symbols);
        if (bot.Context.OrderBooks)
            _books = new(streams, symbols, exchange.Rest, bot.Books, symbol => _listed.GetValueOrDefault(symbol)?.Rules);
        _context = new(bot.Context, exchange.Market, _books, exchange.Clock, time);
        History = new(exchange.Budget, time);
        Jobs = new(_loader, time, _listener);
        _verifier = new(exchange.Market, store, _use, bot.Ingestion.Verification, time, _listener);
    }

    public RunIdentity Identity { get; private set; } = null!;

    public ExchangeFeed Feed { get; private set; } = null!;

    public IExchangeClock Clock => _exchange.Clock;

    /// <summary>Market time per wall time.</summary>
    public double Speed => _simulated?.Speed ?? 1;

    public BookKeeper? Books => _books;

    public KlineStream Klines => _klines;

    public BudgetReading Budget => _exchange.Budget.Read();

    public VerifierCounts Verified => _verifier.Counts;

    /// <summary>Reaches the exchange and says what the run is; nothing is loaded yet.</summary>
    /// <exception cref="ExchangeException">The exchange cannot be reached, or refuses.</exception>
    /// <exception cref="InvalidDataException">The exchange lists no symbol that the settings want.</exception>
    public static async Task<ExchangeSession> OpenAsync(
        RunSettings settings, RunIdentity? known, IRunStore store, string stateFolder, IAlerts alerts, ILoggerFactory logs,
        TimeProvider time, CancellationToken cancel)
    {
        var resumeMs = known is null ? null : await MarketRunner.FindPositionAsync(store, cancel);
        SimulatedExchange? simulated = null;
        BinanceExchange? exchange = null;
        ExchangeSession? session = null;
        try
        {
            var venue = Enum.Parse<ExchangeVenue>(settings.Exchange, ignoreCase: true);
            var speed = 1.0;
            var identity = known;
            var addresses = venue == ExchangeVenue.Simulated ? null : ExchangeAddresses.For(venue, settings.Bot.Exchange);
            if (venue == ExchangeVenue.Simulated)
            {
                identity ??= Simulated(settings, time);
                speed = settings.Speed;
                simulated = await SimulatedExchange.StartAsync(
                    new()
                    {
                        Seed = identity.Seed,
                        MarketStartMs = identity.StartMs,
                        StartAtMs = resumeMs is { } at && at > identity.LiveFromMs ? at : identity.LiveFromMs,
                        Speed = speed,
                        Held = true,
                    },
                    time, logs, cancel);
                addresses = ExchangeAddresses.OnLoopback(simulated.Rest.Port);
            }

            var environment = BotConfiguration.ProcessEnvironment();
            exchange = new(new(
                addresses!, venue == ExchangeVenue.Simulated ? BinanceKeys.Simulator : null, settings.Bot.Exchange,
                new BanFile(Path.Combine(stateFolder, $"ban-{settings.Exchange}")), alerts, logs, time)
            {
                Proxy = venue == ExchangeVenue.Simulated ? null : ExchangeProxy.From(settings.Bot.Exchange, environment),
                Speed = speed,
                IsFresh = venue == ExchangeVenue.Simulated,
            });
            if (simulated is not null) exchange.Clock.Hold(true);   // as its market does until everything is connected
            await exchange.StartAsync(cancel);
            session = new(settings, store, stateFolder, simulated, exchange, alerts, logs, time);
            await session.BeginAsync(identity, resumeMs, cancel);
            return session;
        }
        catch
        {
            if (session is not null)
            {
                await session.DisposeAsync();
            }
            else
            {
                exchange?.Dispose();
                if (simulated is not null) await simulated.DisposeAsync();
            }

            throw;
        }
    }

    /// <summary>
    /// Follows the streams, and fills the store with what the run needs of the past; a new run's symbols ripen as they come.
    /// </summary>
    /// <param name="runner">Restored, or new.</param>
    /// <param name="continued">It was restored.</param>
    /// <param name="onProgress">Told how far it is, and how long it may take.</param>
    /// <param name="cancel">Ends the work; what was stored stays.</param>
    public async Task LoadAsync(MarketRunner runner, bool continued, Action<LoadProgress> onProgress, CancellationToken cancel)
    {
        Watch(History.RunAsync);
        _klines.Received = told =>
        {
            if (told.IsClosed) runner.Latency.Received.Add((Clock.NowMs - told.EventMs) / Clock.Speed);
            Feed.Take(told);
            if (told.IsClosed) _verifier.Check(told.Series, told.Candle);
        };
        Feed.Brought = (series, candle) => _verifier.CheckBrought(series, candle);
        // What closes while the past is loaded must not be missed. A market that is held stands still meanwhile.
        if (_simulated is null) await _klines.FollowAsync(Feed.Series, cancel);
        var histories = Feed.Listings.Select(listing => HistoryOf(listing.Symbol, runner, continued)).ToArray();
        var loaded = _coordinator.LoadAsync(histories, Feed.StoredUntilMs, onProgress, cancel);
        if (continued)
        {
            await foreach (var symbol in loaded) Look(symbol);
        }
        else
        {
            await runner.WarmUpAsync(Loaded(loaded), cancel);
        }
    }

    /// <summary>Lets the market go on, if it is ours, and starts everything that watches it.</summary>
    public async Task StartAsync(MarketRunner runner, CancellationToken cancel)
    {
        if (_simulated is not null)
        {
            await _klines.FollowAsync(Feed.Series, cancel);
            _simulated.Release();
            _exchange.Clock.Hold(false);
            await _exchange.Rest.SynchroniseClockAsync(cancel);
        }

        if (_books is not null) _books.Rank = symbol => IsBusy(runner, symbol) ? double.MaxValue : _wanted.VolumeOf(symbol);
        if (_books is not null) Watch(_ => _books.FollowAsync(SymbolsOf(runner), _stop.Token));
        Watch(stop => _context.RunAsync(() => SymbolsOf(runner), stop));
        Watch(stop => _verifier.RunAsync(stop));
        var ingestion = _settings.Bot.Ingestion;
        Watch(stop => new GapRefill(_loader, Clock, _use, ingestion.Refill, _time, _listener)
            .RunAsync(() => FollowedOf(runner), onSearched: null, stop));
        Watch(stop => new IntegrityCheck(_store, _loader, Clock, _alerts, ingestion.Integrity, _time, _listener)
            .RunAsync(() => FollowedOf(runner), onChecked: null, stop));
        Watch(stop => _universe.RunAsync(symbol => IsBusy(runner, symbol), change => ApplyRefreshedAsync(runner, change, stop), stop));
        Watch(Jobs.RunAsync);
        Watch(KeepClockAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task[] watches;
        lock (_watches) watches = [.. _watches];
        foreach (var watch in watches) await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _klines.DisposeAsync();
        if (_books is not null) await _books.DisposeAsync();
        _archiveHttp?.Dispose();
        _changing.Dispose();
        _exchange.Dispose();
        if (_simulated is not null) await _simulated.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>A market that reaches the present at its first live moment, with the past that the indicators need.</summary>
    private static RunIdentity Simulated(RunSettings settings, TimeProvider time)
    {
        var market = settings.Bot.SimulatedMarket;
        var liveFrom = TimeFrame.M1.OpenOf(settings.FromMs ?? time.GetUtcNow().ToUnixTimeMilliseconds());
        var decideFrom = TimeFrame.M15.OpenOf(liveFrom - (market.ReplayDays * DayMs));
        var start = TimeFrame.D1.OpenOf(decideFrom - (market.WarmupDays * DayMs));
        return new("simulated", settings.Seed ?? market.Seed, "", start, decideFrom, liveFrom);
    }

    private async Task BeginAsync(RunIdentity? identity, long? resumeMs, CancellationToken cancel)
    {
        // The simulated market stands still at the moment it goes on from; a real one is where it is.
        var nowMs = TimeFrame.M1.OpenOf(_simulated?.NowMs ?? Clock.NowMs);
        var symbols = await _exchange.Market.SymbolsAsync(cancel);
        _listed = symbols.ToDictionary(symbol => symbol.Symbol);
        Identity = identity ?? new(
            _settings.Exchange, 0, "", nowMs - (_settings.Bot.Retention.CandleDays * DayMs),
            TimeFrame.M15.OpenOf(nowMs - (_settings.Bot.Ingestion.ReplayDays * DayMs)), nowMs);
        await RecallByHandAsync(cancel);
        var listings = await MarketRunner.FindListingsAsync(_store, cancel);
        if (listings is null || resumeMs is null)
        {
            var change = await _universe.RefreshAsync(_ => false, cancel);
            if (change.Symbols.Count == 0)
                throw new InvalidDataException($"None of the {symbols.Count} symbols of the exchange is one that the settings under 'universe' want");
            listings = [.. change.Symbols.Select(Listing)];
        }

        Feed = new(
            new()
            {
                Candles = _store,
                Market = _exchange.Market,
                Clock = Clock,
                Time = _time,
                Alerts = _alerts,
                Context = symbol => _context.Of(symbol, Feed.NextCloseMs - TimeFrame.M1.Ms()),
            },
            listings, Identity.DecideFromMs, nowMs);
    }

    private static SymbolListing Listing(ExchangeSymbol symbol) => new(symbol.Symbol, symbol.Rules);

    /// <summary>What is wanted of a symbol's past: the warm-up before the first decision, and the minutes since.</summary>
    private SymbolHistory HistoryOf(Symbol symbol, MarketRunner runner, bool continued)
    {
        var warmup = _settings.Bot.Ingestion.Warmup;
        var sinceMs = Feed.StoredUntilMs - (continued ? runner.NowMs : Identity.DecideFromMs);
        var minutes = Math.Min(sinceMs, Math.Max(MinuteDaysMax, _settings.Bot.SimulatedMarket.ReplayDays + 1) * DayMs) / TimeFrame.M1.Ms();
        var listed = _listed.GetValueOrDefault(symbol);
        return new(symbol, listed?.OnboardMs ?? 0, new Dictionary<TimeFrame, int>
        {
            [TimeFrame.M1] = (int)minutes + 1,
            [TimeFrame.M15] = Bars(warmup.Bars15m, TimeFrame.M15),
            [TimeFrame.H1] = Bars(warmup.Bars1h, TimeFrame.H1),
            [TimeFrame.H4] = Bars(warmup.Bars4h, TimeFrame.H4),
            [TimeFrame.D1] = Bars(warmup.Bars1d, TimeFrame.D1),
        });

        int Bars(int ripe, TimeFrame frame) => ripe + (int)(sinceMs / frame.Ms()) + 1;
    }

    private async IAsyncEnumerable<Symbol> Loaded(IAsyncEnumerable<LoadedSymbol> all)
    {
        await foreach (var symbol in all)
        {
            Look(symbol);
            if (symbol.State == LoadState.Loaded) yield return symbol.Symbol;
        }
    }

    private void Look(LoadedSymbol loaded)
    {
        if (loaded.State != LoadState.Failed) return;
        _alerts.Raise(new(
            AlertKind.DataIntegrity, $"load-{loaded.Symbol}",
            $"The past of {loaded.Symbol} could not be loaded ({loaded.Fault}); nothing is decided on it until its candles are there.",
            WallMs, new DataAlert(WallMs, [loaded.Symbol.Name], loaded.Series.Count == 0 ? double.NaN : loaded.Completeness, loaded.Fault ?? "")));
    }

    /// <summary>Brings the followed symbols to what the exchange's list says now: new ones with their past, old ones drained.</summary>
    private async Task ApplyAsync(MarketRunner runner, UniverseChange change, CancellationToken cancel)
    {
        foreach (var symbol in change.Followed) _listed[symbol.Symbol] = symbol;
        var wanted = change.Followed.Select(symbol => symbol.Symbol).ToHashSet();
        var there = SymbolsOf(runner).ToHashSet();
        var loadedToMs = TimeFrame.M1.OpenOf(Clock.NowMs);
        var ready = new List<SymbolListing>();
        var fresh = change.Symbols.Where(symbol => !there.Contains(symbol.Symbol)).ToDictionary(symbol => symbol.Symbol);
        var histories = fresh.Values.Select(symbol => _settings.Bot.Ingestion.Warmup.Of(symbol)).ToArray();
        await foreach (var loaded in _coordinator.LoadAsync(histories, loadedToMs, cancel: cancel))
        {
            Look(loaded);
            if (loaded.State == LoadState.Loaded) ready.Add(Listing(fresh[loaded.Symbol]));
        }

        var leaving = there.Where(symbol => !wanted.Contains(symbol)).ToArray();
        var changed = ChangedRules.Among(ListingsOf(runner), change).Where(one => !leaving.Contains(one.Listing.Symbol)).ToArray();
        _rulesNews.Tell(changed);
        if (ready.Count == 0 && leaving.Length == 0 && changed.Length == 0) return;

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        runner.Post(async () =>
        {
            foreach (var listing in ready) await runner.AdmitAsync(listing, cancel);
            foreach (var symbol in leaving) runner.TryRetire(symbol);
            foreach (var one in changed)
            {
                var outcome = await runner.RelistAsync(one.Listing, cancel);
                Note(runner, one.Listing.Symbol, outcome == Relisting.Draining
                    ? $"has other rules ({one.Text}): nothing new is opened until what is open has ended, and then by these"
                    : $"has other rules ({one.Text}) from now on");
            }

            Feed.Follow([.. runner.Pipeline.Desks.Select(desk => desk.Listing)], Math.Min(loadedToMs, runner.NowMs));
            foreach (var listing in ready) Note(runner, listing.Symbol, "is followed from now on");
            foreach (var symbol in leaving)
                Note(runner, symbol, SymbolsOf(runner).Contains(symbol) ? "leaves: followed to the end of what is open, nothing new is opened" : "is no longer followed");
            done.TrySetResult();
        });
        await done.Task.WaitAsync(cancel);
        await _klines.FollowAsync(Feed.Series, cancel);
        if (_books is not null) await _books.FollowAsync(SymbolsOf(runner), cancel);
    }

    private long WallMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private static SymbolListing[] ListingsOf(MarketRunner runner)
    {
        lock (runner.Gate) return [.. runner.Pipeline.Desks.Select(desk => desk.Listing)];
    }

    private static void Note(MarketRunner runner, Symbol symbol, string text) =>
        runner.Note(JournalEntry.Of(runner.NowMs, "system", symbol, text));

    private static Symbol[] SymbolsOf(MarketRunner runner)
    {
        lock (runner.Gate) return [.. runner.Pipeline.Desks.Select(desk => desk.Symbol)];
    }

    private static bool IsBusy(MarketRunner runner, Symbol symbol)
    {
        lock (runner.Gate) return runner.Pipeline.Desks.Any(desk => desk.Symbol == symbol && desk.Live.Count > 0);
    }

    private SymbolHistory[] FollowedOf(MarketRunner runner) =>
        [.. SymbolsOf(runner).Select(symbol => _listed.GetValueOrDefault(symbol)).OfType<ExchangeSymbol>()
            .Select(symbol => _settings.Bot.Ingestion.Warmup.Of(symbol))];

    /// <summary>The exchange's clock is read anew from time to time; of a simulated one more often, because a held-up market falls behind.</summary>
    private async Task KeepClockAsync(CancellationToken stop)
    {
        var every = _simulated is not null ? TimeSpan.FromSeconds(5) : TimeSpan.FromMinutes(_settings.Bot.Exchange.ClockSyncMinutes);
        while (true)
        {
            await Task.Delay(every, _time, stop);
            try
            {
                await _exchange.Rest.SynchroniseClockAsync(stop);
            }
            catch (ExchangeException e)
            {
                _listener.Failed("reading the exchange's clock", e);
            }
        }
    }

    private void Watch(Func<CancellationToken, Task> watch) => _watches.Add(Task.Run(
        async () =>
        {
            try
            {
                await watch(_stop.Token);
            }
            catch (Exception e) when (!_stop.IsCancellationRequested)
            {
                _listener.Failed("a watch has ended", e);
            }
        },
        _stop.Token));
}

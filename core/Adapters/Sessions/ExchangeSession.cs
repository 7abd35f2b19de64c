using System.Runtime.CompilerServices;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Binance.Books;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Adapters.Binance.Vision;
using FuturesBot.Adapters.Logs;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Telemetry;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Sessions;

/// <summary>
/// An exchange and all that hangs on it: REST, streams, books, the loader and its watches. Which exchange it is makes no difference
/// here but for one of this process's own, which is held until everything is connected.
/// </summary>
public sealed partial class ExchangeSession : IAsyncDisposable
{
    private const long DayMs = 86_400_000;
    private const long SettleMs = 5_000;   // after its close a candle can be asked for, market time
    private const int MinuteDaysMax = 7;   // of minutes that a stopped run missed, this many days are fetched

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _watches = [];
    private readonly ExchangeSessionParts _parts;
    private readonly TimeProvider _time;
    private readonly IngestionLog _listener;
    private readonly IOwnExchange? _own;
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
    private readonly GapRefill _refill;
    private readonly IntegrityCheck _integrity;
    private readonly IAlerts _alerts;
    private readonly RulesNews _rulesNews;
    private Dictionary<Symbol, ExchangeSymbol> _listed = [];
    private ISymbolChanges? _changes;

    private ExchangeSession(ExchangeSessionParts parts, BinanceExchange exchange)
    {
        var (bot, time, logs) = (parts.Bot, parts.Time, parts.Logs);
        (_parts, _own, _exchange, _alerts, _time) = (parts, parts.Own, exchange, parts.Alerts, time);
        _listener = new(logs.CreateLogger<IngestionLog>());
        _use = new(exchange.Budget);
        // Nothing urgent waits beside the loading where the market is held until that is over.
        var loading = parts.Own is null ? bot.Ingestion.Loader : bot.Ingestion.Loader with { BurstPauseMs = 0, BusyPauseMs = 0 };
        var pause = new BurstPause(_use, loading, time);
        ICandleArchive? archive = null;
        if (bot.Ingestion.Loader.Archive)
        {
            _archiveHttp = ExchangeHttp.Create(bot.Exchange, exchange.Proxy, exchange.Redactor);
            var limits = new VisionLimits();
            archive = new VisionArchive(new(_archiveHttp, exchange.Addresses.Archive, limits, time), parts.ArchiveFolder, limits);
        }

        _loader = new(exchange.Market, parts.Candles, exchange.Clock, archive, pause, bot.Ingestion.Loader, _listener);
        _coordinator = new(_loader, bot.Ingestion.Loader, time, _listener);
        _wanted = new(bot.Universe);
        _rulesNews = new(parts.Alerts, time);
        _universe = new(exchange.Market, _wanted, exchange.Clock, bot.Universe, time, _listener);
        var symbols = new SymbolTable();
        var streams = new StreamParts(
            exchange.Addresses.Streams, bot.Streams, time, exchange.Clock, new Random(unchecked((int)time.GetTimestamp())),
            new(time, bot.Streams.ConnectionsPerFiveMinutes), parts.Alerts, logs.CreateLogger("FuturesBot.Streams"))
        { Proxy = exchange.Proxy };
        _klines = new(streams, symbols);
        if (bot.Context.OrderBooks)
            _books = new(streams, symbols, exchange.Rest, bot.Books, symbol => _listed.GetValueOrDefault(symbol)?.Rules);
        _context = new(bot.Context, exchange.Market, _books, exchange.Clock, time);
        History = new(exchange.Budget, time);
        Jobs = new(_loader, time, _listener);
        _verifier = new(exchange.Market, parts.Candles, _use, bot.Ingestion.Verification, time, _listener);
        _refill = new(_loader, Clock, _use, bot.Ingestion.Refill, time, _listener);
        Followed = () => new FollowedLast(Feed.Listings, new HashSet<Symbol>(), new HashSet<Symbol>(), Feed.StoredUntilMs);
        _integrity = new(parts.Candles, _loader, Clock, parts.Alerts, bot.Ingestion.Integrity, time, _listener);
    }

    public RunIdentity Identity { get; private set; } = null!;

    public ExchangeFeed Feed { get; private set; } = null!;

    public IExchangeClock Clock => _exchange.Clock;

    /// <summary>Market time per wall time.</summary>
    public double Speed => _parts.Speed;

    public BookKeeper? Books => _books;

    public KlineStream Klines => _klines;

    public BudgetReading Budget => _exchange.Budget.Read();

    public VerifierCounts Verified => _verifier.Counts;

    /// <summary>Hears of each closed candle how long it was on its way, milliseconds of wall time.</summary>
    public Action<double>? Received { get; set; }

    /// <summary>Hears of each event of the streams, after the feed.</summary>
    public Action<KlineEvent>? Heard { get; set; }

    /// <summary>What the kernel of the moment says; before anybody has set it, the symbols that the feed begins with.</summary>
    public Func<IFollowed> Followed { get; set; }

    /// <summary>False where another process looks after the same store: closed candles are then not checked.</summary>
    public bool IsKeeper { get; set; } = true;

    /// <summary>Reaches the exchange and says what the run is; nothing is loaded yet.</summary>
    /// <exception cref="ExchangeException">The exchange cannot be reached, or refuses.</exception>
    /// <exception cref="InvalidDataException">The exchange lists no symbol that the settings want.</exception>
    public static async Task<ExchangeSession> OpenAsync(ExchangeSessionParts parts, CancellationToken cancel)
    {
        BinanceExchange? exchange = null;
        ExchangeSession? session = null;
        try
        {
            exchange = new(new(parts.Addresses, parts.Keys, parts.Bot.Exchange, parts.BanMemory, parts.Alerts, parts.Logs, parts.Time)
            {
                Proxy = parts.Proxy,
                Speed = parts.Speed,
                IsFresh = parts.Own is not null,
            });
            if (parts.Own is not null) exchange.Clock.Hold(true);   // as its market does until everything is connected
            await exchange.StartAsync(cancel);
            session = new(parts, exchange);
            await session.BeginAsync(cancel);
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
                if (parts.Own is not null) await parts.Own.DisposeAsync();
            }

            throw;
        }
    }

    /// <summary>
    /// Follows the streams, and fills the store with what the run needs of the past: a symbol at a time, each once it is stored.
    /// </summary>
    /// <param name="continuedFromMs">Market time up to which everything is known, UTC, Unix milliseconds; null for a new run.</param>
    /// <param name="onProgress">Told how far it is, and how long it may take.</param>
    /// <param name="cancel">Ends the work; what was stored stays.</param>
    public async IAsyncEnumerable<Symbol> LoadAsync(
        long? continuedFromMs, Action<LoadProgress> onProgress, [EnumeratorCancellation] CancellationToken cancel)
    {
        Watch(History.RunAsync);
        _klines.Received = told =>
        {
            if (told.IsClosed)
            {
                var onTheWayMs = (Clock.NowMs - told.EventMs) / Clock.Speed;
                Received?.Invoke(onTheWayMs);
                Counts.Took(Stages.Received, onTheWayMs);
            }

            Feed.Take(told);
            if (told.IsClosed && IsKeeper) _verifier.Check(told.Series, told.Candle);
            Heard?.Invoke(told);
        };
        Feed.Brought = (series, candle) =>
        {
            if (IsKeeper) _verifier.CheckBrought(series, candle);
        };
        // What closes while the past is loaded must not be missed. A market that is held stands still meanwhile.
        if (_own is null) await _klines.FollowAsync(Feed.Series, cancel);
        var histories = Feed.Listings.Select(listing => HistoryOf(listing.Symbol, continuedFromMs)).ToArray();
        await foreach (var symbol in _coordinator.LoadAsync(histories, Feed.StoredUntilMs, onProgress, cancel))
        {
            Look(symbol);
            if (symbol.State == LoadState.Loaded) yield return symbol.Symbol;
        }
    }

    /// <summary>Lets the market go on, if it is ours, and starts everything that watches it.</summary>
    /// <param name="changes">Where changes of the symbols go.</param>
    /// <param name="isByClock">
    /// Looks after the stored candles and the symbols by the clock; false where somebody asks for it (<see cref="SearchGapsAsync"/> and
    /// the like).
    /// </param>
    /// <param name="cancel">Ends the start.</param>
    public async Task StartAsync(ISymbolChanges changes, bool isByClock, CancellationToken cancel)
    {
        _changes = changes;
        if (_own is not null)
        {
            await _klines.FollowAsync(Feed.Series, cancel);
            _own.Release();
            _exchange.Clock.Hold(false);
            await _exchange.Rest.SynchroniseClockAsync(cancel);
        }

        if (_books is not null) _books.Rank = symbol => IsBusy(symbol) ? double.MaxValue : _wanted.VolumeOf(symbol);
        if (_books is not null) Watch(_ => _books.FollowAsync(SymbolsNow(), _stop.Token));
        Watch(stop => _context.RunAsync(() => SymbolsNow(), stop));
        Watch(stop => _verifier.RunAsync(stop));
        if (isByClock)
        {
            Watch(stop => _refill.RunAsync(HistoriesNow, onSearched: null, stop));
            Watch(stop => _integrity.RunAsync(HistoriesNow, onChecked: null, stop));
            Watch(stop => _universe.RunAsync(IsBusy, change => ApplyRefreshedAsync(change, stop), stop));
        }

        Watch(Jobs.RunAsync);
        Watch(KeepClockAsync);
    }

    /// <summary>Follows the streams and books of what the feed follows now.</summary>
    public async Task FollowFeedAsync(CancellationToken cancel)
    {
        await _klines.FollowAsync(Feed.Series, cancel);
        if (_books is not null) await _books.FollowAsync([.. Feed.Listings.Select(listing => listing.Symbol)], cancel);
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
        if (_own is not null) await _own.DisposeAsync();
        _stop.Dispose();
    }

    private async Task BeginAsync(CancellationToken cancel)
    {
        // A market that is held stands still at the moment it goes on from; a real one is where it is.
        // What the clock here takes for closed may not be closed there yet, and its row not be readable: it counts as to come.
        // What an earlier process has handed on had closed, and is stored, also where that was a moment ago.
        var nowMs = _own is { } held ? TimeFrame.M1.OpenOf(held.NowMs) : Math.Max(SettledMs, _parts.ResumeMs ?? 0);
        var symbols = await _exchange.Market.SymbolsAsync(cancel);
        _listed = symbols.ToDictionary(symbol => symbol.Symbol);
        Identity = _parts.Identity ?? new(
            _parts.Exchange, 0, "", nowMs - (_parts.Bot.Retention.CandleDays * DayMs), TimeFrame.M15.OpenOf(nowMs - (_parts.ReplayDays * DayMs)),
            nowMs);
        await RecallByHandAsync(cancel);
        var listings = _parts.Listings;
        if (listings is null)
        {
            var change = await _universe.RefreshAsync(_ => false, cancel);
            if (change.Symbols.Count == 0)
                throw new InvalidDataException($"None of the {symbols.Count} symbols of the exchange is one that the settings under 'universe' want");
            listings = [.. change.Symbols.Select(Listing)];
        }

        Feed = new(
            new()
            {
                Candles = _parts.Candles,
                Market = _exchange.Market,
                Clock = Clock,
                Time = _time,
                Alerts = _alerts,
                Context = symbol => _context.Of(symbol, Feed.NextCloseMs - TimeFrame.M1.Ms()),
            },
            listings, _parts.ResumeMs ?? Identity.DecideFromMs, nowMs);
    }

    /// <summary>The last minute's end up to which every candle can be asked for.</summary>
    private long SettledMs => TimeFrame.M1.OpenOf(Math.Min(Clock.NowMs, _exchange.Clock.ToldMs) - SettleMs);

    private static SymbolListing Listing(ExchangeSymbol symbol) => new(symbol.Symbol, symbol.Rules);

    /// <summary>What is wanted of a symbol's past: the warm-up before the first decision, and the minutes since.</summary>
    private SymbolHistory HistoryOf(Symbol symbol, long? continuedFromMs)
    {
        var warmup = _parts.Bot.Ingestion.Warmup;
        var sinceMs = Feed.StoredUntilMs - (continuedFromMs ?? Identity.DecideFromMs);
        var minutes = Math.Min(sinceMs, Math.Max(MinuteDaysMax, _parts.Bot.SimulatedMarket.ReplayDays + 1) * DayMs) / TimeFrame.M1.Ms();
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

    private void Look(LoadedSymbol loaded)
    {
        if (loaded.State != LoadState.Failed) return;
        _alerts.Raise(new(
            AlertKind.DataIntegrity, $"load-{loaded.Symbol}",
            $"The past of {loaded.Symbol} could not be loaded ({loaded.Fault}); nothing is decided on it until its candles are there.",
            WallMs, new DataAlert(WallMs, [loaded.Symbol.Name], loaded.Series.Count == 0 ? double.NaN : loaded.Completeness, loaded.Fault ?? "")));
    }

    /// <summary>Brings the followed symbols to what the exchange's list says now: new ones with their past, old ones drained.</summary>
    private async Task ApplyAsync(UniverseChange change, CancellationToken cancel)
    {
        foreach (var symbol in change.Followed) _listed[symbol.Symbol] = symbol;
        var there = SymbolsNow().ToHashSet();
        var ready = new List<SymbolListing>();
        var fresh = change.Symbols.Where(symbol => !there.Contains(symbol.Symbol)).ToDictionary(symbol => symbol.Symbol);
        // As at the start: a candle that the exchange does not call closed yet would come into the store later, or never.
        if (fresh.Count > 0) await _exchange.Rest.SynchroniseClockAsync(cancel);
        var loadedToMs = SettledMs;
        var histories = fresh.Values.Select(symbol => _parts.Bot.Ingestion.Warmup.Of(symbol)).ToArray();
        await foreach (var loaded in _coordinator.LoadAsync(histories, loadedToMs, cancel: cancel))
        {
            Look(loaded);
            if (loaded.State == LoadState.Loaded) ready.Add(Listing(fresh[loaded.Symbol]));
        }

        var followed = Followed();
        var turns = SymbolTurns.Of(followed, change);
        var changed = ChangedRules.Among(followed.Listings, change).Where(one => !turns.Leaving.Contains(one.Listing.Symbol)).ToArray();
        var back = turns.Back.Where(listing => !changed.Any(one => one.Listing.Symbol == listing.Symbol)).ToArray();
        _rulesNews.Tell(changed);
        if (ready.Count == 0 && turns.Leaving.Count == 0 && changed.Length == 0 && back.Length == 0) return;

        await _changes!.ApplyAsync(new(ready, turns.Leaving, changed, back, loadedToMs), cancel);
        await FollowFeedAsync(cancel);
    }

    private long WallMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    // Asked for each time anew: a kernel that is kept here could not be let go when it is replaced.
    private bool IsBusy(Symbol symbol) => Followed().IsBusy(symbol);

    private Symbol[] SymbolsNow() => [.. Followed().Listings.Select(listing => listing.Symbol)];

    private SymbolHistory[] HistoriesNow() =>
        [.. SymbolsNow().Select(symbol => _listed.GetValueOrDefault(symbol)).OfType<ExchangeSymbol>()
            .Select(symbol => _parts.Bot.Ingestion.Warmup.Of(symbol))];

    /// <summary>The exchange's clock is read anew from time to time; of a simulated one more often, because a held-up market falls behind.</summary>
    private async Task KeepClockAsync(CancellationToken stop)
    {
        var every = _own is not null || Speed is not 1 ? TimeSpan.FromSeconds(5) : TimeSpan.FromMinutes(_parts.Bot.Exchange.ClockSyncMinutes);
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

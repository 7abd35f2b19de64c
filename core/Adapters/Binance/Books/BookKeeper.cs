using System.Numerics;
using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Binance.Books;

/// <summary>
/// Order books that are held in step with the exchange: depth streams feed them on the streams' own threads, and
/// snapshots are fetched where a book asks for one, a few at a time.
/// </summary>
public sealed partial class BookKeeper : IBookSource, IAsyncDisposable
{
    // The largest power of ten that fits: the first snapshot makes the true tick of it.
    private const long UnknownTick = 1_000_000_000_000_000_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly Wake _wake = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly StreamParts _parts;
    private readonly SymbolTable _symbols;
    private readonly IDepthSnapshots _snapshots;
    private readonly BookOptions _options;
    private readonly Func<Symbol, SymbolRules?> _rules;
    private readonly BookSyncOptions _sync;
    private readonly StreamHub[] _hubs;   // one, or two of the same streams
    private readonly ITimer _ticks;
    private readonly Task _pump;
    private FollowedBook?[] _books = [];   // by symbol index; replaced, never changed
    private int _inFlight;
    private long _fetched;
    private long _watchedAt;

    /// <param name="parts">Shared by all streams of the process.</param>
    /// <param name="symbols">Gets the symbols that are followed.</param>
    /// <param name="snapshots">Where books begin.</param>
    /// <param name="options">How they are held.</param>
    /// <param name="rules">For the tick; where it answers null, the first snapshot shows it.</param>
    public BookKeeper(
        StreamParts parts, SymbolTable symbols, IDepthSnapshots snapshots, BookOptions options,
        Func<Symbol, SymbolRules?>? rules = null)
    {
        (_parts, _symbols, _snapshots, _options) = (parts, symbols, snapshots, options);
        _rules = rules ?? (_ => null);
        _sync = new()
        {
            StaleAfterMs = (long)(options.StaleSeconds * 1000),
            CoolDownMs = (long)(options.CoolDownSeconds * 1000),
            GapPatienceMs = options.Twins ? (long)(options.GapPatienceSeconds * 1000) : 0,
            LevelsAtFirst = options.LevelsAtFirst switch { <= 100 => 100, <= 500 => 500, _ => 1_000 },
            ReachWantedBp = options.ReachWantedBp,
            ReachLowBp = options.ReachLowBp,
            RefreshPauseMs = (long)(options.RefreshSeconds * 1000),
            EventsFollowWallTime = FollowsWallTime(parts.Clock),
        };
        _hubs = [.. Enumerable.Range(0, options.Twins ? 2 : 1).Select(twin => new StreamHub(
            parts, symbols, new Listener(this, 1 << twin), options.StreamsPerConnection, twin + 1, options.Twins ? 2 : 1))];
        _watchedAt = parts.Time.GetTimestamp();
        _ticks = parts.Time.CreateTimer(_ => _wake.Set(), null, Tick, Tick);
        _pump = Task.Run(PumpAsync);
    }

    /// <summary>
    /// Who gets a snapshot first among those that need one as much: the greatest. Called often, so it must be quick.
    /// </summary>
    public Func<Symbol, double> Rank { get; set; } = _ => 0;

    /// <summary>The connections of the depth streams, twins side by side.</summary>
    public IReadOnlyList<StreamHealth> Streams => [.. _hubs.SelectMany(hub => hub.Health).OrderBy(line => line.Number)];

    /// <summary>Each book, by name.</summary>
    public IReadOnlyList<BookStatus> Books
    {
        get
        {
            var nowMs = NowMs;
            return [.. Followed().Select(book => book.Status(nowMs)).OrderBy(book => book.Symbol)];
        }
    }

    public BookHealth Health
    {
        get
        {
            var (totals, nowMs) = (new BookTotals(), NowMs);
            foreach (var book in Followed()) book.AddTo(totals, nowMs);
            return new(
                totals.ByTrust, totals.Updates, totals.OldUpdates, totals.Gaps, totals.Mended, totals.Resyncs,
                totals.Refreshes, totals.Thin,
                Volatile.Read(ref _inFlight), Interlocked.Read(ref _fetched), totals.SnapshotsFailed, totals.SnapshotsTooOld,
                totals.Bytes);
        }
    }

    // With event times that follow wall time an update's own time counts too, so both must be read from one clock.
    private long NowMs => _sync.EventsFollowWallTime ? _parts.Clock.NowMs : _parts.Time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task FollowAsync(IReadOnlyCollection<Symbol> symbols, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            var wanted = symbols.Distinct().ToDictionary(_symbols.Add);
            var books = new FollowedBook?[_symbols.Count];
            foreach (var (index, symbol) in wanted)
                books[index] = (index < _books.Length ? _books[index] : null) ?? NewBook(symbol);
            Volatile.Write(ref _books, books);
        }

        StreamName[] streams = [.. symbols.Distinct().Select(StreamName.Depth)];
        await Task.WhenAll(_hubs.Select(hub => hub.FollowAsync(streams, cancel)));
    }

    public BookReading Read(Symbol symbol) =>
        Find(symbol)?.Read(NowMs)
        ?? new(BookTrust.Disconnected, 0, long.MaxValue, 0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>The best levels of a book; null when it is not followed.</summary>
    /// <param name="levels">At most this many on each side.</param>
    public BookView? View(Symbol symbol, int levels) => Find(symbol)?.View(NowMs, levels);

    /// <summary>The best levels of a book and all that it says; null when it is not followed.</summary>
    /// <param name="levels">At most this many on each side.</param>
    public BookDetail? Detail(Symbol symbol, int levels) => Find(symbol)?.Detail(NowMs, levels);

    public async ValueTask DisposeAsync()
    {
        await _ticks.DisposeAsync();
        await _stop.CancelAsync();
        await _pump;
        foreach (var hub in _hubs) await hub.DisposeAsync();
        _stop.Dispose();
    }

    private static bool FollowsWallTime(IExchangeClock clock) => Math.Abs(clock.Speed - 1) < 1e-9;

    private FollowedBook NewBook(Symbol symbol)
    {
        var tick = _rules(symbol) is { } rules ? FixedPoint.From(rules.TickSize) : UnknownTick;
        return new(symbol, new(new(tick), _sync));
    }

    private FollowedBook? Find(Symbol symbol)
    {
        var (index, books) = (_symbols.IndexOf(symbol), Volatile.Read(ref _books));
        return index >= 0 && index < books.Length ? books[index] : null;
    }

    private IEnumerable<FollowedBook> Followed() => Volatile.Read(ref _books).OfType<FollowedBook>();

    private void Take(DepthUpdate update)
    {
        var books = Volatile.Read(ref _books);
        if (update.SymbolIndex >= books.Length || books[update.SymbolIndex] is not { } book) return;   // just given up

        var (outcome, wantsSnapshot) = book.Take(update, NowMs);
        if (outcome == BookOutcome.Gap) LogGap(_parts.Log, book.Symbol.Name, update.LastId);
        if (wantsSnapshot) _wake.Set();
    }

    private async Task PumpAsync()
    {
        try
        {
            while (true)
            {
                await _wake.WaitAsync(_stop.Token);
                StartSnapshots();
                if (_parts.Time.GetElapsedTime(_watchedAt) < TimeSpan.FromSeconds(1)) continue;
                _watchedAt = _parts.Time.GetTimestamp();
                Watch();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The end.
        }
    }

    // Books out of step first, then those of which too little is known; none waits for ever, since one that had its
    // snapshot does not ask again for a while.
    private void StartSnapshots()
    {
        var room = _options.SnapshotsInFlight - Volatile.Read(ref _inFlight);
        if (room <= 0) return;

        var nowMs = NowMs;
        var needy = Followed().Select(book => (Book: book, Need: book.NeedOf(nowMs))).Where(book => book.Need != BookNeed.None)
            .OrderBy(book => book.Need).ThenByDescending(book => Rank(book.Book.Symbol));
        foreach (var (book, need) in needy.Take(room))
        {
            if (book.RequestSnapshot(nowMs) is var levels && levels == 0) continue;
            Interlocked.Increment(ref _inFlight);
            _ = FetchAsync(book, levels, need == BookNeed.MoreReach ? RequestLane.History : RequestLane.MarketData);
        }
    }

    private async Task FetchAsync(FollowedBook book, int levels, RequestLane lane)
    {
        try
        {
            var snapshot = await _snapshots.DepthAsync(book.Symbol, levels, lane, _stop.Token);
            Interlocked.Increment(ref _fetched);
            var outcome = book.Take(snapshot, levels, NowMs);
            if (outcome == BookOutcome.Gap) LogUnfit(_parts.Log, book.Symbol.Name, snapshot.LastUpdateId);
            else LogSnapshot(_parts.Log, book.Symbol.Name, snapshot.LastUpdateId, outcome);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            book.SnapshotFailed(NowMs);
        }
        catch (ExchangeException fault)
        {
            book.SnapshotFailed(NowMs);
            LogNoSnapshot(_parts.Log, book.Symbol.Name, fault.Fault, fault.Message);
        }
#pragma warning disable CA1031 // the task's edge: a fault here must not leave the book waiting for its snapshot for ever
        catch (Exception fault)
#pragma warning restore CA1031
        {
            book.SnapshotFailed(NowMs);
            LogFault(_parts.Log, book.Symbol.Name, fault);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
            _wake.Set();
        }
    }

    private void Watch()
    {
        var nowMs = NowMs;
        List<Symbol> troubled = [];
        foreach (var book in Followed())
        {
            // The 1st, 2nd, 4th, 8th … time: a contract that is no longer traded has no more updates.
            var silences = book.CountSilence(nowMs, _options.SilenceSeconds * 1000);
            if (silences > 0 && BitOperations.IsPow2(silences))
            {
                foreach (var hub in _hubs) hub.Renew(StreamName.Depth(book.Symbol), $"no depth update of {book.Symbol.Name}");
            }

            if (book.HasNewTrouble(nowMs, _options.AlertSeconds * 1000)) troubled.Add(book.Symbol);
        }

        if (troubled.Count > 0) Tell(troubled);
    }

    private void Tell(List<Symbol> troubled)
    {
        const int Named = 5;
        var names = string.Join(", ", troubled.Take(Named).Select(symbol => symbol.Name)) + (troubled.Count > Named ? " …" : "");
        var nowMs = _parts.Time.GetUtcNow().ToUnixTimeMilliseconds();
        _parts.Alerts.Raise(new(
            AlertKind.Book, "books out of step",
            $"{troubled.Count} order books are out of step for {_options.AlertSeconds} s: {names}. "
            + "Their features are unavailable until a snapshot mends them; that is tried again and again.",
            nowMs, new BookAlert(nowMs, [.. troubled.Select(symbol => symbol.Name)], (int)Math.Ceiling(_options.AlertSeconds))));
    }

    private void Each(IReadOnlyCollection<StreamName> streams, Action<FollowedBook, long> act)
    {
        foreach (var stream in streams)
        {
            if (Find(stream.Symbol) is { } book) act(book, NowMs);
        }
    }

    [LoggerMessage(2200, LogLevel.Warning, "Order book of {Symbol} is not continued by update {UpdateId}; it is built anew")]
    private static partial void LogGap(ILogger log, string symbol, long updateId);

    [LoggerMessage(2201, LogLevel.Debug, "Order book of {Symbol}: snapshot {UpdateId} is {Outcome}")]
    private static partial void LogSnapshot(ILogger log, string symbol, long updateId, BookOutcome outcome);

    [LoggerMessage(2202, LogLevel.Warning, "Order book of {Symbol}: no snapshot ({Fault}): {Text}")]
    private static partial void LogNoSnapshot(ILogger log, string symbol, ExchangeFault fault, string text);

    [LoggerMessage(2204, LogLevel.Warning, "Order book of {Symbol}: snapshot {UpdateId} or what followed it has levels that no book can hold; it is tried again")]
    private static partial void LogUnfit(ILogger log, string symbol, long updateId);

    [LoggerMessage(2203, LogLevel.Error, "Order book of {Symbol}: a snapshot made our own code fail")]
    private static partial void LogFault(ILogger log, string symbol, Exception fault);

    private sealed class Listener(BookKeeper keeper, int line) : MarketListener
    {
        public override void OnDepth(DepthUpdate update) => keeper.Take(update);

        public override void OnSubscribed(IReadOnlyCollection<StreamName> streams) =>
            keeper.Each(streams, (book, nowMs) => book.Connected(line, nowMs));

        public override void OnLost(IReadOnlyCollection<StreamName> streams) =>
            keeper.Each(streams, (book, nowMs) => book.Disconnected(line, nowMs));
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Telemetry;

namespace FuturesBot.Engine.Running;

/// <summary>
/// The whole system in one process: takes the candles of each closing time from a feed, runs the pipeline, and makes
/// everything that changed durable in one transaction — candles, signals, waiting effects, the kernel's and the feed's
/// state, the ledger's length. Effects are carried out after the commit that holds them.
/// </summary>
/// <remarks>
/// A process that dies at any moment goes on from its last commit: feed and kernel stand at the same closing time,
/// the ledger is cut to its committed length, and since both are functions of what they hold, the closing times since
/// then come out as they did before.
/// </remarks>
public sealed class MarketRunner : IFollowed, IDisposable
{
    private const string IdentityName = "run";
    private const string PositionName = "position_ms";
    private const string LedgerName = "ledger";
    private const string JournalName = "journal";
    private const string RefusalsName = "refusals";
    private const string RegimesName = "regimes";
    private const string DaysName = "day_counts";
    private const string SummedUpName = "summed_up_ms";
    /// <summary>Name of the kernel's own snapshot, which is long: 0.1 MB a symbol.</summary>
    internal const string KernelName = "kernel";

    private const string FeedName = "feed";
    private const string ListingsName = "listings";
    private const string HaltName = "halt";
    private const string HaltTakenInName = "halt_taken_in";
    private const string EquityName = "equity";
    private const int SnapshotVersion = 1;

    /// <summary>Names of the snapshots that a run commits.</summary>
    internal static IReadOnlyList<string> SnapshotNames { get; } = [KernelName, FeedName];

    /// <summary>Names of the values that a run commits.</summary>
    internal static IReadOnlyList<string> ValueNames { get; } =
    [
        IdentityName, PositionName, LedgerName, JournalName, RefusalsName, RegimesName, DaysName, SummedUpName, ListingsName, HaltName,
        HaltTakenInName, EquityName,
    ];

    /// <summary>Those of them that change with every commit that moves the kernel.</summary>
    internal static IReadOnlyList<string> MarkNames { get; } = [PositionName, LedgerName, HaltTakenInName];

    // A chart of minutes is a day long, one of five minutes five days: more is not stored of days lived through.
    private static readonly long MinutesKeptMs = ShelfDepth.Full.Candles * TimeFrame.M5.Ms();

    private readonly IMarketFeed _feed;
    private readonly ISignalStore _store;
    private readonly ICandleStore _candles;
    private readonly IEffectCarrier _effects;
    private readonly TimeProvider _time;
    private readonly Func<LedgerMark, RunLedger> _openLedger;
    private readonly RunSink _sink;
    private readonly KernelOptions _options;
    private readonly Retention _retention;
    private readonly TimeZoneInfo? _readers;
    private readonly List<FeedCandle> _batch = [];
    private readonly ConcurrentQueue<Func<Task>> _posted = new();
    private bool _hasNewListings = true;
    private long _lastCommit;
    private long _forgotDay;
    private long? _decidedAt;
    private ActivityContext _trace;   // of the last closing time that was taken in, until it is committed
    private double _afterCloseMs = double.NaN;   // of the last decision, until it is committed
    private int _pendingEffects;
    private long _summedUpMs;            // up to here days and weeks were summed up
    private EntryHalt? _haltTakenIn;   // what the kernel knows, and the ledger has a line of
    private bool _hasNewHalt;          // ordered by what is taken in, and to be stored with it
    private readonly bool _keepsCandles;
    private readonly bool _keepsState;
    private readonly bool _isOrchestrated;

    /// <param name="parts">What it is made of.</param>
    public MarketRunner(RunParts parts)
    {
        _feed = parts.Feed;
        _store = parts.Signals;
        _candles = parts.Candles;
        _effects = parts.Effects;
        _time = parts.Time;
        _openLedger = mark => new(parts.Ledger, mark, parts.LedgerDepth);
        _options = parts.Options;
        _retention = parts.Retention;
        _readers = parts.Readers;
        _keepsCandles = parts.KeepsCandles;
        _keepsState = parts.KeepsState;
        _isOrchestrated = parts.IsOrchestrated;
        Identity = parts.Identity;
        _sink = new(parts.Identity, parts.Readers ?? TimeZoneInfo.Utc) { IsObserved = parts.IsObserved };
        Pipeline = new(parts.Options, parts.Feed.Listings, PipelineDepth.Exhaustive, _sink);
        Shelf = new(parts.Identity.LiveFromMs - MinutesKeptMs, parts.Shelf) { IsSaved = parts.KeepsCandles && parts.KeepsState };
        NowMs = parts.Identity.StartMs;
        LastCandleAt = parts.Time.GetUtcNow();
    }

    /// <summary>Whoever reads what follows holds this; the runner holds it while a closing time is taken in.</summary>
    public Lock Gate { get; } = new();

    public RunIdentity Identity { get; }

    public Pipeline Pipeline { get; }

    public KernelOptions Options => _options;

    public CandleShelf Shelf { get; }

    public SignalBook Signals => _sink.Signals;

    public RefusalBoard Refusals => _sink.Refusals;

    public NearMissBoard NearMisses => _sink.NearMisses;

    public WhyBoard Why => _sink.Why;

    public Journal Journal => _sink.Journal;

    /// <summary>What was not taken, day by day of the readers.</summary>
    public DayCounts Days => _sink.Days;

    public RegimeBoard Regimes { get; } = new();

    /// <summary>The last closing time that was taken in, UTC, Unix milliseconds.</summary>
    public long NowMs { get; private set; }

    /// <summary>The last closing time that survives the death of this process.</summary>
    public long CommittedMs { get; private set; }

    /// <summary>How often something was made durable since it began.</summary>
    public long Commits { get; private set; }

    /// <summary>Last line of the ledger.</summary>
    public Ledger.LedgerPosition LedgerPosition => _sink.Ledger?.Position ?? Ledger.LedgerPosition.Start;

    /// <summary>Effects committed and not carried out.</summary>
    public int PendingEffects => _pendingEffects;

    /// <summary>
    /// The order that no new signal may begin; null without. The kernel takes it in with the next closing time that is decided.
    /// </summary>
    public EntryHalt? Halt { get; private set; }

    /// <summary>Hears of every such order. Called under the gate.</summary>
    public Action<EntryHalt?>? HaltChanged { get; set; }

    /// <summary>Wall time that the last closing time of decisions took.</summary>
    public TimeSpan LastDecision { get; private set; }

    /// <summary>How long each leg takes since the market is followed.</summary>
    public StageLatency Latency { get; } = new();

    /// <summary>Wall time at which the last closed candles came; of the start before the first.</summary>
    public DateTimeOffset LastCandleAt { get; private set; }

    /// <summary>The feed has no more candles, and none will come.</summary>
    public bool IsOver => _feed is not ILiveFeed && _feed.NextCloseMs == long.MaxValue;

    /// <inheritdoc/>
    public IReadOnlyList<SymbolListing> Listings
    {
        get
        {
            lock (Gate) return [.. Pipeline.Desks.Select(desk => desk.Listing)];
        }
    }

    /// <inheritdoc/>
    public IReadOnlySet<Symbol> Busy
    {
        get
        {
            lock (Gate) return Pipeline.Desks.Where(desk => desk.Live.Count > 0).Select(desk => desk.Symbol).ToHashSet();
        }
    }

    /// <inheritdoc/>
    public IReadOnlySet<Symbol> Draining
    {
        get
        {
            lock (Gate) return Pipeline.Desks.Where(desk => desk.IsDraining).Select(desk => desk.Symbol).ToHashSet();
        }
    }

    /// <inheritdoc/>
    public bool IsBusy(Symbol symbol)
    {
        lock (Gate) return Pipeline.Desks.Any(desk => desk.Symbol == symbol && desk.Live.Count > 0);
    }

    /// <summary>The minute in progress as the feed shows it.</summary>
    public RunningCandle? Running(Symbol symbol, long nowMs) => _feed.Running(symbol, nowMs);

    /// <summary>What the store says of the run it belongs to; null when it is empty.</summary>
    public static async Task<RunIdentity?> FindAsync(ISignalStore store, CancellationToken cancel) =>
        await store.LoadValueAsync(IdentityName, cancel) is { } json
            ? JsonSerializer.Deserialize<RunIdentity>(json, SignalJson.Options)
            : null;

    /// <summary>The last committed closing time of the run that the store belongs to; null when nothing was committed.</summary>
    public static async Task<long?> FindPositionAsync(ISignalStore store, CancellationToken cancel) =>
        await store.LoadValueAsync(PositionName, cancel) is { } json ? JsonSerializer.Deserialize<long>(json, SignalJson.Options) : null;

    /// <summary>The symbols of the run that the store belongs to; null when it is empty.</summary>
    public static async Task<IReadOnlyList<SymbolListing>?> FindListingsAsync(ISignalStore store, CancellationToken cancel) =>
        await store.LoadValueAsync(ListingsName, cancel) is { } json
            ? JsonSerializer.Deserialize<SymbolListing[]>(json, SignalJson.Options)
            : null;

    /// <summary>Puts everything back as it was committed, and carries out what was left.</summary>
    /// <returns>True when there was something to go on from.</returns>
    public async Task<bool> RestoreAsync(CancellationToken cancel)
    {
        var kernel = await _store.LoadPiecesAsync(KernelName, cancel);
        var feed = await _store.LoadSnapshotAsync(FeedName, cancel);
        var mark = await LoadAsync<LedgerMark>(LedgerName, cancel) ?? LedgerMark.Start;
        _sink.Ledger = _openLedger(mark);
        Halt = await LoadAsync<EntryHalt>(HaltName, cancel);
        _haltTakenIn = await LoadAsync<EntryHalt>(HaltTakenInName, cancel);
        Pipeline.EntriesHalted = _haltTakenIn is not null;
        if (_feed is ILiveFeed live) _sink.ReplayedUntilMs = Math.Max(Identity.LiveFromMs, live.StoredUntilMs);
        _summedUpMs = _sink.ReplayedUntilMs;
        if (kernel is null || feed is null)
        {
            Days.Begin(Identity.DecideFromMs);
            _sink.Ledger.Begin(_options, Identity, _feed.Listings);
            await _store.CommitAsync(
                new() { Values = new Dictionary<string, string>(StringComparer.Ordinal) { [IdentityName] = Json(Identity) } }, cancel);
            return false;
        }

        StateRestorer.Restore(Pipeline, kernel);
        StateRestorer.Restore(_feed, feed.Bytes);
        await RestoreBoardsAsync(cancel);
        await CarryOutAsync(isStart: true, cancel);
        _forgotDay = NowMs / TimeFrame.D1.Ms();   // done with the day's first commit; who begins anew for each batch would do it for each
        return true;
    }

    /// <summary>
    /// Puts everything back but the kernel's own state, which is folded anew from stored candles: what is left where no state was
    /// kept, or one of another version. Open signals go on and the balance is whole; what had been triggered in the last bars, and
    /// the locks of signals that have ended, are forgotten.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is nothing to go on from.</exception>
    public async Task RebuildAsync(string why, CancellationToken cancel)
    {
        var feed = await _store.LoadSnapshotAsync(FeedName, cancel)
            ?? throw new InvalidOperationException("Nothing was committed that a kernel could be built anew for");
        _sink.Ledger = _openLedger(await LoadAsync<LedgerMark>(LedgerName, cancel) ?? LedgerMark.Start);
        Halt = await LoadAsync<EntryHalt>(HaltName, cancel);
        _haltTakenIn = await LoadAsync<EntryHalt>(HaltTakenInName, cancel);
        Pipeline.EntriesHalted = _haltTakenIn is not null;
        StateRestorer.Restore(_feed, feed.Bytes);
        await RestoreBoardsAsync(cancel);
        var equity = await LoadAsync<decimal>(EquityName, cancel);
        var past = new StoredPast(_candles, long.MinValue, NowMs);
        await past.ReadLeaderAsync(cancel);
        foreach (var desk in Pipeline.Desks.ToArray()) await past.FoldAsync(Pipeline, desk.Symbol, Shelf, Gate, cancel);
        lock (Gate)
        {
            Pipeline.Account.Resume(equity);
            foreach (var record in Signals.Live) Pipeline.Resume(record.State);
            _sink.Ledger.Rebuilt(NowMs, why);
        }

        await CommitAsync(cancel);
        await CarryOutAsync(isStart: true, cancel);
    }

    private async Task RestoreBoardsAsync(CancellationToken cancel)
    {
        if (_feed is ILiveFeed live) _sink.ReplayedUntilMs = Math.Max(Identity.LiveFromMs, live.StoredUntilMs);
        _summedUpMs = _sink.ReplayedUntilMs;
        NowMs = CommittedMs = await LoadAsync<long>(PositionName, cancel);
        Journal.Restore(await LoadAsync<JournalEntry[]>(JournalName, cancel) ?? []);
        Refusals.Restore(await LoadAsync<RefusalBoard.Entry[]>(RefusalsName, cancel) ?? []);
        Refusals.RestoreRows((await _store.LoadDecisionsAsync(symbol: null, RefusalBoard.Keep, cancel))
            .Select(row => JsonSerializer.Deserialize<RefusalNote>(row.Json, SignalJson.Options)!));
        Regimes.Restore(await LoadAsync<RegimeBoard.Entry[]>(RegimesName, cancel) ?? []);
        Days.Restore(await LoadAsync<DayCounts.Stored>(DaysName, cancel) ?? new(NowMs, []));
        if (NowMs > Identity.LiveFromMs) _summedUpMs = await LoadAsync<long?>(SummedUpName, cancel) ?? NowMs;
        Signals.Restore((await _store.LoadClosedAsync(SignalBook.EndedMax, cancel: cancel)).Reverse());
        Signals.Restore(await _store.LoadOpenAsync(cancel));
        if (_keepsCandles) await RestoreCandlesAsync(cancel);
    }

    /// <summary>
    /// Lets symbols ripen on their stored past, each as soon as it is loaded, up to where the run begins to decide. Only of
    /// use before the first closing time was taken in; it comes out as feeding all of them in the order of time would.
    /// </summary>
    public async Task WarmUpAsync(IAsyncEnumerable<Symbol> loaded, CancellationToken cancel)
    {
        var past = new StoredPast(_candles, Identity.StartMs, Identity.DecideFromMs);
        var waiting = new List<Symbol>();   // BTC's hours are needed by all others
        await foreach (var symbol in loaded.WithCancellation(cancel))
        {
            if (symbol == Symbol.Btc) await past.ReadLeaderAsync(cancel);
            else if (!past.HasLeader) waiting.Add(symbol);
            if (!past.HasLeader) continue;
            await past.FoldAsync(Pipeline, symbol, Shelf, Gate, cancel);
            foreach (var early in waiting) await past.FoldAsync(Pipeline, early, Shelf, Gate, cancel);
            waiting.Clear();
        }

        foreach (var follower in waiting) await past.FoldAsync(Pipeline, follower, Shelf, Gate, cancel);
        NowMs = Identity.DecideFromMs;
    }

    /// <summary>Is told what is new from now on, where nobody calls <see cref="FollowAsync"/>.</summary>
    public void Tell(IRunListener listener)
    {
        lock (Gate) _sink.Listener = listener;
    }

    /// <summary>Adds a line to what happened.</summary>
    public void Note(JournalEntry entry)
    {
        lock (Gate) _sink.Note(entry);
    }

    /// <summary>
    /// Orders that no new signal begins, or (null) that they may again. From any thread; when it returns, a restart keeps to
    /// it. A halt holds from this call on even if it cannot be stored.
    /// </summary>
    public async Task SetHaltAsync(EntryHalt? halt, CancellationToken cancel)
    {
        if (halt is not null) TakeHalt(halt);
        await _store.CommitAsync(
            new() { Values = new Dictionary<string, string>(StringComparer.Ordinal) { [HaltName] = Json(halt) } }, cancel);
        if (halt is null) TakeHalt(halt);
    }

    /// <summary>Does something between two closing times, with nothing else under way; soon, but not at once.</summary>
    public void Post(Func<Task> action) => _posted.Enqueue(action);

    /// <summary>
    /// Takes a symbol in whose past is in the store up to a moment; to be called from <see cref="Post"/>. The feed must
    /// follow it too, from there on.
    /// </summary>
    /// <param name="listing">The symbol.</param>
    /// <param name="pastToMs">Stored candles that close later are left to the feed: whether they are there depends on when this is called.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task AdmitAsync(SymbolListing listing, long pastToMs, CancellationToken cancel)
    {
        var past = new StoredPast(_candles, long.MinValue, Math.Min(NowMs, pastToMs));
        await past.ReadLeaderAsync(cancel);
        lock (Gate)
        {
            Pipeline.Admit(listing);
            _sink.Ledger?.Listing(NowMs, listing);
            _hasNewListings = true;
        }

        await past.FoldAsync(Pipeline, listing.Symbol, Shelf, Gate, cancel);
    }

    /// <summary>
    /// Takes changed rules of a symbol over, for plans from now on; to be called from <see cref="Post"/>, and again later
    /// while the answer is <see cref="Relisting.Draining"/>.
    /// </summary>
    public async Task<Relisting> RelistAsync(SymbolListing listing, CancellationToken cancel)
    {
        if (NowMs > CommittedMs) await CommitAsync(cancel);   // a past that is folded anew is read from the store
        var past = new StoredPast(_candles, long.MinValue, NowMs);
        await past.ReadLeaderAsync(cancel);
        Relisting outcome;
        lock (Gate)
        {
            outcome = Pipeline.Relist(listing);
            if (outcome == Relisting.Draining) return outcome;
            _sink.Ledger?.Listing(NowMs, listing);
            _hasNewListings = true;
        }

        if (outcome == Relisting.Anew) await past.FoldAsync(Pipeline, listing.Symbol, Shelf, Gate, cancel);
        return outcome;
    }

    /// <summary>Lets a symbol go when nothing of it lives; otherwise it is drained, and this is asked again. From <see cref="Post"/>.</summary>
    public bool TryRetire(Symbol symbol)
    {
        lock (Gate)
        {
            if (!Pipeline.TryRetire(symbol)) return false;
            _hasNewListings = true;
            return true;
        }
    }

    /// <summary>Lives through the days before the first live moment as fast as it can.</summary>
    public async Task CatchUpAsync(IProgress<double>? progress, CancellationToken cancel)
    {
        const int StepsAtOnce = 60;
        const long CommitEveryMs = 6 * 3_600_000;
        var span = Math.Max(1, Identity.LiveFromMs - Identity.StartMs);
        while (_feed.NextCloseMs <= Identity.LiveFromMs)
        {
            cancel.ThrowIfCancellationRequested();
            lock (Gate)
            {
                for (var i = 0; i < StepsAtOnce && _feed.NextCloseMs <= Identity.LiveFromMs; i++) Step();
            }

            if (NowMs > Identity.DecideFromMs && NowMs - CommittedMs >= CommitEveryMs) await CommitAsync(cancel);
            progress?.Report((double)(NowMs - Identity.StartMs) / span);
        }

        if (NowMs > CommittedMs) await CommitAsync(cancel);
        progress?.Report(1);
    }

    /// <summary>
    /// Follows the market until it ends, or until a market time is reached: at the pace of a <see cref="MarketClock"/>, or
    /// at the exchange's where the feed is an <see cref="ILiveFeed"/>.
    /// </summary>
    public async Task FollowAsync(IExchangeClock clock, IRunListener listener, long toMs, CancellationToken cancel)
    {
        _sink.Listener = listener;
        while (_feed.NextCloseMs <= toMs && !IsOver && !cancel.IsCancellationRequested)
        {
            while (_posted.TryDequeue(out var action)) await action();
            var wait = WaitAsync(clock, cancel);
            if (!wait.IsCompleted && IsCommitDue()) await CommitAsync(CancellationToken.None);
            if (!await wait) continue;

            bool decided;
            lock (Gate) decided = Step();
            if (decided) Measure(clock);
            if (decided || _sink.HasMoved || IsCommitDue()) await CommitAsync(CancellationToken.None);
        }

        if (NowMs > CommittedMs) await CommitAsync(CancellationToken.None);
    }

    /// <summary>
    /// Takes in every closing time that the feed has ready, without waiting for one: for a feed that is filled by its host. What was
    /// decided, moved or ordered is committed at once; a quiet closing time is not, because the host can feed it again.
    /// </summary>
    public async Task TakeReadyAsync(IExchangeClock? clock, CancellationToken cancel)
    {
        var isNews = _hasNewHalt;
        while (_posted.TryDequeue(out var action))
        {
            await action();
            isNews = true;
        }

        while (_feed.NextCloseMs != long.MaxValue)
        {
            bool decided;
            lock (Gate) decided = Step();
            if (decided && clock is not null) Measure(clock);
            if (decided || _sink.HasMoved || isNews) await CommitAsync(cancel);
            isNews = false;
        }
    }

    /// <summary>An order about new entries that came with what is taken in; the next commit holds it.</summary>
    public void Order(EntryHalt? halt)
    {
        TakeHalt(halt);
        _hasNewHalt = true;
    }

    /// <summary>
    /// Carries out an effect that is not the kernel's, behind what waits. It is kept nowhere: whoever feeds it must be able to do so again, and
    /// who hears it must know it by its id.
    /// </summary>
    public async Task CarryOutNewsAsync(StoredEffect effect, CancellationToken cancel)
    {
        await CarryOutPendingAsync(cancel);
        await CarryOutAsync(effect);
    }

    /// <summary>Carries out what was committed and is still waiting.</summary>
    public Task CarryOutPendingAsync(CancellationToken cancel) => _pendingEffects == 0 ? Task.CompletedTask : CarryOutAsync(isStart: false, cancel);

    public void Dispose()
    {
        _sink.Ledger?.Dispose();
        _feed.Dispose();
    }

    /// <summary>Waits for the next closing time; false when it has to be looked at again.</summary>
    private async ValueTask<bool> WaitAsync(IExchangeClock clock, CancellationToken cancel)
    {
        try
        {
            if (_feed is ILiveFeed live)
            {
                var closeMs = _feed.NextCloseMs;
                await live.WaitAsync(cancel);
                return _feed.NextCloseMs == closeMs;   // an exchange that was away has gone on elsewhere
            }

            var pace = (MarketClock)clock;   // whoever is not live is paced
            if (_feed.NextCloseMs - NowMs > TimeFrame.D1.Ms()) pace.SetTo(_feed.NextCloseMs);   // recorded days are missing
            var wait = pace.Until(_feed.NextCloseMs);
            if (wait == TimeSpan.Zero) return true;
            await Task.Delay(wait, _time, cancel);
            return false;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Takes the next closing time in; true when something was decided.</summary>
    private bool Step()
    {
        var decided = TakeIn();
        SumUp();
        return decided;
    }

    // Of days that are lived through at start nobody hears; a summary that came due while the process was away is told late.
    private void SumUp()
    {
        if (_readers is null || _sink.IsReplayed) return;
        foreach (var due in SummarySchedule.Due(_summedUpMs, NowMs, _readers)) _sink.SumUp(due);
        _summedUpMs = NowMs;
    }

    private bool TakeIn()
    {
        var started = _time.GetTimestamp();
        var closeMs = _feed.NextCloseMs;
        _sink.ClosingMs = closeMs;
        _sink.Ledger?.Turn(closeMs);
        _feed.Read(_batch);
        LastCandleAt = _time.GetUtcNow();
        using var span = _sink.IsHeard ? BotTelemetry.Source.StartActivity(Spans.Decide, ActivityKind.Internal, _feed.Trace) : null;
        if (span is not null) _trace = span.SetTag(Attributes.CloseMs, closeMs).SetTag(Attributes.Candles, _batch.Count).Context;
        var studied = false;
        foreach (ref readonly var closed in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_batch))
        {
            Shelf.Add(closed);
            studied |= closed.Series.Frame >= TimeFrame.M15;
            if (closed.Series.Frame != TimeFrame.M5)
                Pipeline.OnCandle(Pipeline.IndexOf(closed.Series.Symbol), closed.Series.Frame, closed.Candle);
            _sink.Listener?.Closed(closed);
        }

        NowMs = closeMs;
        var decided = studied && closeMs > Identity.DecideFromMs;
        if (span is { IsAllDataRequested: true }) span.SetTag(Attributes.Decided, decided);
        if (!decided) return false;
        if (_feed is ILiveFeed live)
        {
            foreach (var desk in Pipeline.Desks) desk.Context = live.ContextOf(desk.Symbol);
            _sink.Ledger?.Contexts(closeMs, Pipeline.Desks);
        }

        if (Halt != _haltTakenIn)
        {
            _haltTakenIn = Halt;
            Pipeline.EntriesHalted = Halt is not null;
            _sink.Ledger?.Halt(closeMs, Halt);
        }

        Pipeline.Close(closeMs);
        _sink.Ledger?.Recorder?.CloseBar(closeMs);
        ReadRegimes(closeMs);
        LastDecision = _time.GetElapsedTime(started);
        return true;
    }

    private void TakeHalt(EntryHalt? halt)
    {
        lock (Gate)
        {
            Halt = halt;
            _sink.Note(new(
                NowMs, "system", IsWarning: halt is not null, Symbol: null,
                halt is not null ? "new entries halted by hand; open signals are followed on" : "new entries allowed again", SignalId: null));
            HaltChanged?.Invoke(halt);
        }
    }

    // Past candles that a process catches up on say nothing of how quick it is.
    private void Measure(IExchangeClock clock)
    {
        _decidedAt = _time.GetTimestamp();
        Latency.Computed.Add(LastDecision);
        Took(Stages.Computed, LastDecision.TotalMilliseconds);
        if (_feed is ILiveFeed live && NowMs <= live.StoredUntilMs) return;
        _afterCloseMs = (clock.NowMs - NowMs) / clock.Speed;
        Latency.Decided.Add(_afterCloseMs);
        Took(Stages.Decided, _afterCloseMs);
    }

    private void ReadRegimes(long closeMs)
    {
        foreach (var desk in Pipeline.Desks)
        {
            var reading = desk.View.Regime;
            if (Regimes.Read(desk.Symbol.Name, reading, closeMs) is not { } before) continue;
            _sink.Note(JournalEntry.Of(closeMs, "regime", desk.Symbol, $"{before} → {RegimeBoard.LabelOf(reading)}"));
            _sink.Listener?.RegimeChanged(desk.Symbol.Name);
        }
    }

    // Quiet minutes ride with the next commit, but not for longer than half a second of wall time.
    private bool IsCommitDue() => NowMs > CommittedMs && _time.GetElapsedTime(_lastCommit) > TimeSpan.FromMilliseconds(500);

    private async Task CommitAsync(CancellationToken cancel)
    {
        using var span = _trace == default ? null : BotTelemetry.Source.StartActivity(Spans.Commit, ActivityKind.Internal, _trace);
        StateChange change;
        lock (Gate) change = Changes();
        if (span is { IsAllDataRequested: true }) Describe(span, change);
        (_trace, _afterCloseMs) = (default, double.NaN);
        await _store.CommitAsync(change, cancel);
        var committed = _time.GetTimestamp();
        if (_decidedAt is { } decided)
        {
            var took = _time.GetElapsedTime(decided, committed);
            Latency.Committed.Add(took);
            Took(Stages.Committed, took.TotalMilliseconds);
        }

        _decidedAt = null;
        lock (Gate)
        {
            CommittedMs = NowMs;
            Commits++;
            _hasNewListings = false;
            _hasNewHalt = false;
            Shelf.Saved();
            Signals.Saved();
            Journal.Saved();
            Refusals.Saved();
            Regimes.Saved();
            Days.Saved();
            _sink.Saved();
            _sink.Ledger!.Saved();
        }

        _lastCommit = _time.GetTimestamp();
        if (change.Effects.Count > 0)
        {
            await CarryOutAsync(isStart: false, cancel);
            if (_sink.Listener is not null || _sink.IsHeard)
            {
                var told = _time.GetElapsedTime(committed);
                Latency.Told.Add(told);
                Took(Stages.Told, told.TotalMilliseconds);
            }
        }

        await ForgetAsync(cancel);
    }

    private void Describe(Activity span, StateChange change)
    {
        span.SetTag(Attributes.CloseMs, NowMs).SetTag(Attributes.Effects, change.Effects.Count);
        if (double.IsFinite(_afterCloseMs)) span.SetTag(Attributes.AfterCloseMs, _afterCloseMs);
    }

    private void Took(string stage, double ms)
    {
        if (_sink.IsObserved) Counts.Took(stage, ms);
    }

    private StateChange Changes()
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [PositionName] = Json(NowMs),
            [LedgerName] = Json(_sink.Ledger!.Mark()),
            [HaltTakenInName] = Json(_haltTakenIn),
            [SummedUpName] = Json(_summedUpMs),
            [EquityName] = Json(Pipeline.Account.Equity),
        };
        if (_hasNewHalt) values[HaltName] = Json(Halt);
        if (_hasNewListings) values[ListingsName] = Json(Pipeline.Desks.Select(desk => desk.Listing));
        if (Journal.HasNews) values[JournalName] = Json(Journal.Entries);
        if (Refusals.HasNews) values[RefusalsName] = Json(Refusals.Reasons);
        if (Days.HasNews) values[DaysName] = Json(Days.ToStored());
        if (Regimes.HasNews) values[RegimesName] = Json(Regimes.Symbols);
        var signals = Signals.Unsaved();
        return new()
        {
            Candles = Shelf.Unsaved(),
            Signals = signals,
            Effects = _isOrchestrated ? SignalMoves.Of(signals, Signals, _sink.Effects) : [.. _sink.Effects],
            Decisions = [.. _sink.Decisions],
            Snapshots = !_keepsState ? [] :
            [
                new(KernelName, SnapshotVersion, Identity.StartMs, StateSaver.Save(Pipeline)),
                new(FeedName, SnapshotVersion, Identity.StartMs, StateSaver.Save(_feed)),
            ],
            Values = values,
            Ledger = _sink.Ledger.Unsaved,
            LedgerRoots = _sink.Ledger.UnsavedRoots,
        };
    }

    private async Task CarryOutAsync(bool isStart, CancellationToken cancel)
    {
        var pending = await _store.LoadPendingEffectsAsync(cancel);
        _pendingEffects = pending.Count;
        foreach (var effect in pending)
        {
            if (!isStart || !_effects.HasDone(effect)) await CarryOutAsync(effect);
            await _store.MarkDoneAsync(effect.Id, NowMs, cancel);
            _pendingEffects--;
        }
    }

    private async Task CarryOutAsync(StoredEffect effect)
    {
        using var span = _sink.IsObserved ? BotTelemetry.Source.StartActivity(Spans.CarryOut) : null;
        if (span is { IsAllDataRequested: true })
            span.SetTag(Attributes.EffectId, effect.Id).SetTag(Attributes.Kind, effect.Kind).SetTag(Attributes.SignalId, effect.SignalId);
        try
        {
            await _effects.CarryOutAsync(effect);
        }
        catch (Exception e)
        {
            span.Fail(e);
            throw;
        }
    }

    private async Task ForgetAsync(CancellationToken cancel)
    {
        var day = NowMs / TimeFrame.D1.Ms();
        if (day == _forgotDay) return;
        _forgotDay = day;
        await _store.ForgetAsync(_retention, NowMs, cancel);
    }

    private async Task RestoreCandlesAsync(CancellationToken cancel)
    {
        foreach (var listing in _feed.Listings)
        {
            foreach (var frame in TimeFrames.All)
            {
                var series = new SeriesInfo(listing.Symbol, frame);
                // Later ones are in the store when it was filled ahead of the run.
                var stored = await _candles.ReadAsync(series, long.MinValue, NowMs - frame.Ms() + 1, Shelf.RestoreOf(frame), cancel);
                if (stored.Count > 0) Shelf.Restore(series, stored);
            }
        }
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, SignalJson.Options);

    private async Task<T?> LoadAsync<T>(string name, CancellationToken cancel) =>
        await _store.LoadValueAsync(name, cancel) is { } json ? JsonSerializer.Deserialize<T>(json, SignalJson.Options) : default;
}

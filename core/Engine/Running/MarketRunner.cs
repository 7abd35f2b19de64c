using System.Collections.Concurrent;
using System.Diagnostics;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
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
public sealed partial class MarketRunner : IFollowed, IDisposable
{
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
            new() { Values = new Dictionary<string, string>(StringComparer.Ordinal) { [StoredRun.Halt] = StoredRun.Json(halt) } }, cancel);
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

    private void Took(string stage, double ms)
    {
        if (_sink.IsObserved) Counts.Took(stage, ms);
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
}

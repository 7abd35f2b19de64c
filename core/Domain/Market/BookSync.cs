namespace FuturesBot.Domain.Market;

/// <summary>
/// Holds an <see cref="OrderBook"/> in step with the exchange and says how far it may be believed. A pure state machine:
/// the host tells it what arrives and when, asks <see cref="WantsSnapshot"/>, and fetches.
/// </summary>
/// <remarks>
/// <para>The USDT-M rule (spec 3.5), which is not spot's: updates are kept; those with u &lt; lastUpdateId of the snapshot
/// are dropped; the first one applied has U ≤ lastUpdateId ≤ u; each later one has pu equal to the u before. A snapshot
/// that is older than every kept update is fetched again <i>while the updates stay</i>: dropping them would loop without
/// end when the exchange serves snapshots from a cache.</para>
/// <para>A doubled or late update (u ≤ the last one applied) says nothing new and is dropped. A hole, a level that the book
/// refuses or a book crossed for more than one update ends the trust, and a new snapshot is wanted: the first such
/// resynchronisation may start at once, the next ones wait for a cool-down that counts from the start of the last and
/// doubles until the book has been calm for as long again. A reconnection is a resynchronisation like the others. A
/// stale book keeps its chain: when the next update continues it, the book is in step again without a request.</para>
/// <para>A snapshot knows its best levels alone. When the price comes near the end of what is known, a book in step wants
/// another one and stays in step: updates are applied and kept, the snapshot takes the book's place, and those that
/// are newer than it are applied to it again. A book whose best price left what is known ends the trust.</para>
/// <para>Where the updates come by two connections, one that is missing on the one is awaited on the other for a moment
/// (<see cref="BookSyncOptions.GapPatienceMs"/>).</para>
/// <para>All times are milliseconds of one clock: wall time, corrected by the exchange's server time when
/// <see cref="BookSyncOptions.EventsFollowWallTime"/>. Not thread-safe.</para>
/// </remarks>
public sealed class BookSync
{
    private const int LevelsMost = 1_000;

    // In distances at which more reach is wanted: that is then not at once.
    private const double QuickReach = 1.5;

    // Features of levels, and people, look at so many.
    private const int LevelsLow = 20;

    // When that part of what a snapshot reached is left, the price has run: another one of as many levels helps.
    private const double RunShare = 0.6;

    private readonly BookSyncOptions _options;
    private readonly UpdateBuffer _buffer;   // since the first update that a snapshot may need
    private readonly UpdateBuffer _ahead;    // came before one that is missing yet
    private readonly BookMeter _meter;
    private int _crossedUpdates;
    private bool _built;              // in step since the last time that it had to be built anew
    private bool _inFlight;
    private bool _isResync;
    private bool _refreshing;         // a book in step asked for a snapshot
    private LateSnapshot? _late;      // it came, and the updates up to it did not yet
    private long _refreshAtMs;        // no sooner
    private int _levelsLoaded;
    private double _levelsPerBp;      // of the last snapshot; 0 when there was none
    private double _reachLoadedBp;
    private int _attempts;            // snapshots asked for in this synchronisation
    private int _streak;              // cool-downs in a row
    private long _retryAtMs;
    private long _coolUntilMs = long.MinValue / 2;
    private long _coolDownMs;
    private long _appliedMs;          // when the last applied update arrived
    private long _latenessMs;         // and how late it was

    public BookSync(OrderBook book, BookSyncOptions options)
    {
        Book = book;
        _meter = new(book);
        _options = options;
        _buffer = new(options.BufferUpdatesMax, options.BufferLevelsMax);
        _ahead = new(options.BufferUpdatesMax, options.BufferLevelsMax);
    }

    public OrderBook Book { get; }

    /// <summary>Called after each update that was applied, kept ones too.</summary>
    public Action<BookSync>? Applied { get; init; }

    public BookTrust Trust { get; private set; }

    /// <summary>Of the last update applied or of the snapshot; 0 when there is none.</summary>
    public long LastUpdateId { get; private set; }

    /// <summary>How often the book had to be built anew after it had been in step.</summary>
    public int Resyncs { get; private set; }

    /// <summary>Updates that said nothing new: doubled, late, or older than the snapshot.</summary>
    public long OldUpdates { get; private set; }

    /// <summary>Updates that did not continue the book.</summary>
    public long Gaps { get; private set; }

    /// <summary>Snapshots that were older than every kept update.</summary>
    public long SnapshotsTooOld { get; private set; }

    /// <summary>Snapshots that could not be had, or that the book could not take.</summary>
    public long SnapshotsFailed { get; private set; }

    /// <summary>Updates that were missing and came by another way in time.</summary>
    public long Mended { get; private set; }

    /// <summary>Snapshots that gave a book in step more known levels.</summary>
    public int Refreshes { get; private set; }

    /// <summary>How often the best price left what was known before a snapshot came.</summary>
    public int RanOut { get; private set; }

    /// <summary>Distance from the middle within which both sides are known, basis points; infinite when all is, NaN without a book.</summary>
    public double ReachBp => Math.Min(Book.BidReachBp, Book.AskReachBp);

    /// <summary>Whether the snapshot that is wanted is for a book in step, which can wait longer than others.</summary>
    public bool IsRefresh => Trust == BookTrust.Synced;

    /// <summary>Levels a side that the next snapshot should hold: as few as reach far enough, since more weigh more.</summary>
    public int SnapshotLevels
    {
        get
        {
            if (_levelsPerBp <= 0) return _options.LevelsAtFirst;
            // A book out of step comes back the sooner the lighter its snapshot is; a deeper one can follow.
            var needed = (IsRefresh ? _options.ReachWantedBp : QuickReach * _options.ReachLowBp) * _levelsPerBp;
            if (IsRefresh && !HasRun()) needed = Math.Max(needed, _levelsLoaded + 1);   // as many again would show nothing new
            return needed switch
            {
                <= 100 => 100,
                <= 500 => 500,
                _ => LevelsMost,
            };
        }
    }

    /// <summary>Updates that wait for a snapshot.</summary>
    public int Buffered => _buffer.Count;

    /// <summary>Updates that left the full buffer for newer ones.</summary>
    public long Displaced => _buffer.Displaced;

    /// <summary>A snapshot was asked for and neither came nor failed yet.</summary>
    public bool SnapshotInFlight => _inFlight;

    /// <summary>The stream is open; the book is built from now on.</summary>
    public void Connected(long nowMs)
    {
        if (Trust != BookTrust.Disconnected) Disconnected(nowMs);
        Trust = BookTrust.Buffering;
    }

    /// <summary>The stream is gone: what happens now is lost, so the book is worth nothing.</summary>
    public void Disconnected(long nowMs)
    {
        Lose(BookTrust.Disconnected, nowMs);
        LastUpdateId = 0;
        Book.Reset();
    }

    /// <summary>A depth update arrived.</summary>
    /// <param name="eventMs">E: the exchange's event time, Unix milliseconds.</param>
    /// <param name="firstId">U.</param>
    /// <param name="finalId">u.</param>
    /// <param name="previousFinalId">pu: u of the update before.</param>
    /// <param name="bids">Absolute quantities.</param>
    /// <param name="asks">Absolute quantities.</param>
    /// <param name="nowMs">When it arrived.</param>
    public BookOutcome OnUpdate(
        long eventMs, long firstId, long finalId, long previousFinalId,
        ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks, long nowMs)
    {
        switch (Trust)
        {
            case BookTrust.Disconnected:
                return BookOutcome.Ignored;

            case BookTrust.Synced or BookTrust.Stale:
                if (finalId <= LastUpdateId) return Old();
                if (previousFinalId == LastUpdateId)
                {
                    if (_refreshing) _buffer.Add(eventMs, nowMs, firstId, finalId, previousFinalId, bids, asks);
                    var outcome = Apply(eventMs, finalId, bids, asks, nowMs);
                    return outcome == BookOutcome.Applied ? GoOn(nowMs) : outcome;
                }

                if (Trust == BookTrust.Synced && _options.GapPatienceMs > 0 && !MissesTooLong(nowMs))
                    return _ahead.Add(eventMs, nowMs, firstId, finalId, previousFinalId, bids, asks) ? BookOutcome.Buffered : Old();
                GiveUpMissing(nowMs);
                Keep(eventMs, firstId, finalId, previousFinalId, bids, asks, nowMs);
                return BookOutcome.Gap;

            case BookTrust.Snapshot:
                if (finalId < LastUpdateId) return Old();
                if (firstId <= LastUpdateId) return Apply(eventMs, finalId, bids, asks, nowMs);
                SnapshotsTooOld++;
                Trust = BookTrust.Buffering;
                Postpone(nowMs);
                return Keep(eventMs, firstId, finalId, previousFinalId, bids, asks, nowMs);

            default:
                return Keep(eventMs, firstId, finalId, previousFinalId, bids, asks, nowMs);
        }
    }

    /// <summary>
    /// Whether a snapshot is to be fetched now. The host that does so says <see cref="SnapshotRequested"/> first, and
    /// afterwards <see cref="OnSnapshot"/> or <see cref="OnSnapshotFailed"/>, whatever happens.
    /// </summary>
    public bool WantsSnapshot(long nowMs)
    {
        Tick(nowMs);
        if (_inFlight) return false;
        var needed = Trust switch
        {
            // Before the first update a snapshot would most likely be too old.
            BookTrust.Buffering or BookTrust.Gap or BookTrust.Crossed => _buffer.Count > 0,
            BookTrust.Stale => true,
            _ => false,
        };
        if (Trust == BookTrust.Synced) return nowMs >= _refreshAtMs && IsThin();
        if (!needed) return false;
        return _attempts > 0 ? nowMs >= _retryAtMs : !_isResync || nowMs >= _coolUntilMs;
    }

    /// <summary>A snapshot is being fetched.</summary>
    public void SnapshotRequested(long nowMs)
    {
        _inFlight = true;
        _buffer.UpdatesMax = _options.BufferUpdatesMax;
        if (Trust == BookTrust.Synced)
        {
            _refreshing = true;
            _refreshAtMs = nowMs + _options.RefreshPauseMs;
            _buffer.Clear();
            return;
        }

        if (_attempts++ == 0 && _isResync) CoolDown(nowMs);
        if (Trust is BookTrust.Gap or BookTrust.Crossed) Trust = BookTrust.Buffering;
    }

    /// <summary>A snapshot arrived.</summary>
    /// <param name="lastUpdateId">Of the last update that it holds.</param>
    /// <param name="bids">Bids, the best ones or all.</param>
    /// <param name="asks">Asks, the best ones or all.</param>
    /// <param name="nowMs">When it arrived.</param>
    /// <param name="levelsMax">Levels a side that were asked for; a side with fewer is whole.</param>
    public BookOutcome OnSnapshot(
        long lastUpdateId, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks, long nowMs, int levelsMax = int.MaxValue)
    {
        _inFlight = false;
        if (_refreshing)
        {
            if (lastUpdateId <= LastUpdateId) return Refresh(lastUpdateId, bids, asks, nowMs, levelsMax);
            _late = new(lastUpdateId, bids.ToArray(), asks.ToArray(), levelsMax);
            return BookOutcome.Awaiting;
        }

        if (Trust is BookTrust.Disconnected or BookTrust.Synced or BookTrust.Snapshot) return BookOutcome.Ignored;
        if (Trust == BookTrust.Stale)
        {
            if (lastUpdateId <= LastUpdateId)   // the market is silent, not the stream
            {
                _attempts = 0;
                return BookOutcome.Old;
            }

            Lose(BookTrust.Stale, nowMs);
            _attempts = 1;
        }

        OldUpdates += _buffer.DropBefore(lastUpdateId);
        if (_buffer.Count > 0 && _buffer.Oldest.FirstId > lastUpdateId)
        {
            SnapshotsTooOld++;
            Postpone(nowMs);
            return BookOutcome.TooOld;
        }

        if (Book.Load(bids, asks, levelsMax) > 0)
        {
            Book.Reset();
            OnSnapshotFailed(nowMs);
            return BookOutcome.Gap;
        }

        Measure(bids.Length, asks.Length, levelsMax);

        LastUpdateId = lastUpdateId;
        Trust = BookTrust.Snapshot;
        if (_buffer.Count == 0) return BookOutcome.Awaiting;
        return ApplyBuffer();
    }

    /// <summary>The snapshot could not be had.</summary>
    public void OnSnapshotFailed(long nowMs)
    {
        _inFlight = false;
        SnapshotsFailed++;
        if (_refreshing) EndRefresh();   // the book goes on as it is; the pause counts from when it was asked for
        else Postpone(nowMs);
    }

    /// <summary>Time passed. Cheap; call it once a second or before reading.</summary>
    public void Tick(long nowMs)
    {
        if (Trust == BookTrust.Synced && MissesTooLong(nowMs)) GiveUpMissing(nowMs);
        if (Trust != BookTrust.Synced || !IsOlderThan(_options.StaleAfterMs, nowMs)) return;
        EndRefresh();   // the snapshot on its way tells whether the market is silent or the stream
        Trust = BookTrust.Stale;
        _isResync = true;
        _attempts = 0;
    }

    /// <summary>
    /// Milliseconds since the last applied update, by arrival and, where event times follow wall time, by its own time;
    /// <see cref="long.MaxValue"/> when there is none.
    /// </summary>
    public long AgeMs(long nowMs) =>
        Trust is BookTrust.Synced or BookTrust.Stale or BookTrust.Crossed
            ? Math.Max(0, nowMs - _appliedMs) + _latenessMs
            : long.MaxValue;

    /// <summary>What the book says now: every feature NaN unless it is in step and young enough (spec 2.4).</summary>
    public BookFeatures FeaturesAt(long nowMs)
    {
        Tick(nowMs);
        return Trust == BookTrust.Synced && AgeMs(nowMs) <= _options.FeatureAgeMaxMs ? new(_meter) : default;
    }

    private BookOutcome Old()
    {
        OldUpdates++;
        return BookOutcome.Old;
    }

    private BookOutcome Keep(
        long eventMs, long firstId, long finalId, long previousFinalId,
        ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks, long nowMs)
    {
        if (!_inFlight && _attempts == 0) _buffer.UpdatesMax = Math.Min(_options.BufferUpdatesWaiting, _options.BufferUpdatesMax);
        return _buffer.Add(eventMs, nowMs, firstId, finalId, previousFinalId, bids, asks) ? BookOutcome.Buffered : Old();
    }

    private BookOutcome ApplyBuffer()
    {
        var outcome = BookOutcome.Applied;
        while (outcome == BookOutcome.Applied && _buffer.Count > 0)
        {
            var update = _buffer.Oldest;   // the buffer holds an unbroken chain
            outcome = Apply(update.EventMs, update.FinalId, update.Bids, update.Asks, update.ReceivedMs);
            if (_buffer.Count > 0) _buffer.DropOldest();   // a book that lost trust has emptied it
        }

        return outcome;
    }

    private BookOutcome Apply(
        long eventMs, long finalId, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks, long arrivedMs)
    {
        _meter.BeforeUpdate(eventMs);
        if (Book.Apply(bids, asks) > 0)
        {
            Lose(BookTrust.Gap, arrivedMs);
            return BookOutcome.Gap;
        }

        _meter.AfterUpdate();
        LastUpdateId = finalId;
        _appliedMs = arrivedMs;
        _latenessMs = _options.EventsFollowWallTime ? Math.Max(0, arrivedMs - eventMs) : 0;
        _crossedUpdates = Book.IsCrossed ? _crossedUpdates + 1 : 0;
        if (_crossedUpdates > 1)
        {
            Lose(BookTrust.Crossed, arrivedMs);
            return BookOutcome.Gap;
        }

        if (!Book.KnowsBest)
        {
            RanOut++;
            Lose(BookTrust.Gap, arrivedMs);
            return BookOutcome.Gap;
        }

        Trust = BookTrust.Synced;
        _built = true;
        _attempts = 0;
        Tick(arrivedMs);
        Applied?.Invoke(this);
        return BookOutcome.Applied;
    }

    // What came too early goes on where the book now stands, and so does a snapshot that was ahead of it.
    private BookOutcome GoOn(long nowMs)
    {
        while (Trust == BookTrust.Synced && _ahead.Count > 0)
        {
            var next = _ahead.Oldest;
            if (next.FinalId > LastUpdateId)
            {
                if (next.PreviousFinalId != LastUpdateId) break;
                Mended++;
                if (_refreshing)
                    _buffer.Add(next.EventMs, next.ReceivedMs, next.FirstId, next.FinalId, next.PreviousFinalId, next.Bids, next.Asks);
                if (Apply(next.EventMs, next.FinalId, next.Bids, next.Asks, next.ReceivedMs) != BookOutcome.Applied) return BookOutcome.Gap;
            }

            if (_ahead.Count > 0) _ahead.DropOldest();
        }

        if (_late is { } late && late.LastUpdateId <= LastUpdateId)
            Refresh(late.LastUpdateId, late.Bids, late.Asks, nowMs, late.LevelsMax);
        return Trust is BookTrust.Synced or BookTrust.Stale ? BookOutcome.Applied : BookOutcome.Gap;
    }

    private bool MissesTooLong(long nowMs) => _ahead.Count > 0 && nowMs - _ahead.Oldest.ReceivedMs > _options.GapPatienceMs;

    // A snapshot will be older than what came after the hole, which is kept for it.
    private void GiveUpMissing(long nowMs)
    {
        Gaps++;
        Lose(BookTrust.Gap, nowMs, keepAhead: true);
        for (; _ahead.Count > 0; _ahead.DropOldest())
        {
            var next = _ahead.Oldest;
            Keep(next.EventMs, next.FirstId, next.FinalId, next.PreviousFinalId, next.Bids, next.Asks, next.ReceivedMs);
        }
    }

    // Puts a snapshot in the place of a book in step, and the updates that are newer than it onto it.
    private BookOutcome Refresh(
        long lastUpdateId, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks, long nowMs, int levelsMax)
    {
        if (_buffer.Count > 0 ? _buffer.Oldest.PreviousFinalId > lastUpdateId : lastUpdateId != LastUpdateId)
        {
            SnapshotsTooOld++;
            EndRefresh();
            return BookOutcome.TooOld;
        }

        if (!Book.CanLoad(bids, asks))
        {
            SnapshotsFailed++;
            EndRefresh();
            return BookOutcome.Gap;
        }

        Book.Load(bids, asks, levelsMax);
        _buffer.DropBefore(lastUpdateId);
        for (; _buffer.Count > 0; _buffer.DropOldest()) Book.Apply(_buffer.Oldest.Bids, _buffer.Oldest.Asks);
        EndRefresh();
        Refreshes++;
        if (!Book.KnowsBest)
        {
            RanOut++;
            Lose(BookTrust.Gap, nowMs);
            return BookOutcome.Gap;
        }

        Measure(bids.Length, asks.Length, levelsMax);
        return BookOutcome.Applied;
    }

    private void EndRefresh()
    {
        if (!_refreshing) return;
        _refreshing = false;
        _late = null;
        _buffer.Clear();
    }

    // How dense the levels are, for the next time.
    private void Measure(int bids, int asks, int levelsMax)
    {
        var (bidReach, askReach) = (Book.BidReachBp, Book.AskReachBp);
        if (!(Math.Min(bidReach, askReach) > 0)) return;   // the price is not between them any more: nothing is learnt
        _levelsLoaded = Math.Min(levelsMax, LevelsMost);
        _reachLoadedBp = Math.Min(bidReach, askReach);
        _levelsPerBp = Math.Max(PerBp(bids, bidReach), PerBp(asks, askReach));
    }

    // A whole side needs as many levels as it has.
    private double PerBp(int levels, double reachBp) =>
        Math.Max(levels, 1) / (double.IsFinite(reachBp) ? reachBp : _options.ReachWantedBp);

    private bool HasRun() => ReachBp < RunShare * _reachLoadedBp;

    private bool IsThin() =>
        (ReachBp < _options.ReachLowBp || !Book.KnowsLevels(LevelsLow)) && (_levelsLoaded < LevelsMost || HasRun());

    private void Lose(BookTrust trust, long nowMs, bool keepAhead = false)
    {
        Trust = trust;
        _buffer.Clear();
        if (!keepAhead) _ahead.Clear();
        _refreshing = false;
        _late = null;
        _crossedUpdates = 0;
        _meter.Forget();
        if (!_built)
        {
            Postpone(nowMs);   // the attempt failed: the next one waits
            return;
        }

        _built = false;
        _isResync = true;
        _attempts = 0;
        Resyncs++;
    }

    private void CoolDown(long nowMs)
    {
        if (nowMs - _coolUntilMs >= _coolDownMs) _streak = 0;   // calm for as long again
        _coolDownMs = _options.CoolDownMs << Math.Min(_streak++, _options.CoolDownDoublings);
        _coolUntilMs = nowMs + _coolDownMs;
    }

    private void Postpone(long nowMs)
    {
        var doublings = Math.Clamp(_attempts - 1, 0, 30);
        _retryAtMs = nowMs + Math.Min(_options.RetryMs << doublings, _options.RetryMaxMs);
    }

    private bool IsOlderThan(long? limitMs, long nowMs) => limitMs is { } limit && AgeMs(nowMs) > limit;

    private sealed record LateSnapshot(long LastUpdateId, BookLevel[] Bids, BookLevel[] Asks, int LevelsMax);
}

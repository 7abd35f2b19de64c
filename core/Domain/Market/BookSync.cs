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
/// <para>All times are milliseconds of one clock: wall time, corrected by the exchange's server time when
/// <see cref="BookSyncOptions.EventsFollowWallTime"/>. Not thread-safe.</para>
/// </remarks>
public sealed class BookSync
{
    private readonly BookSyncOptions _options;
    private readonly UpdateBuffer _buffer;
    private readonly BookMeter _meter;
    private int _crossedUpdates;
    private bool _built;              // in step since the last time that it had to be built anew
    private bool _inFlight;
    private bool _isResync;
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
                if (previousFinalId == LastUpdateId) return Apply(eventMs, finalId, bids, asks, nowMs);
                Gaps++;
                Lose(BookTrust.Gap, nowMs);
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
        if (!needed) return false;
        return _attempts > 0 ? nowMs >= _retryAtMs : !_isResync || nowMs >= _coolUntilMs;
    }

    /// <summary>A snapshot is being fetched.</summary>
    public void SnapshotRequested(long nowMs)
    {
        _inFlight = true;
        if (_attempts++ == 0 && _isResync) CoolDown(nowMs);
        if (Trust is BookTrust.Gap or BookTrust.Crossed) Trust = BookTrust.Buffering;
    }

    /// <summary>A snapshot arrived.</summary>
    /// <param name="lastUpdateId">Of the last update that it holds.</param>
    public BookOutcome OnSnapshot(
        long lastUpdateId, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks, long nowMs)
    {
        _inFlight = false;
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

        if (Book.Load(bids, asks) > 0)
        {
            Book.Reset();
            OnSnapshotFailed(nowMs);
            return BookOutcome.Gap;
        }

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
        Postpone(nowMs);
    }

    /// <summary>Time passed. Cheap; call it once a second or before reading.</summary>
    public void Tick(long nowMs)
    {
        if (Trust != BookTrust.Synced || !IsOlderThan(_options.StaleAfterMs, nowMs)) return;
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
        ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks, long nowMs) =>
        _buffer.Add(eventMs, nowMs, firstId, finalId, previousFinalId, bids, asks) ? BookOutcome.Buffered : Old();

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

        Trust = BookTrust.Synced;
        _built = true;
        _attempts = 0;
        Tick(arrivedMs);
        Applied?.Invoke(this);
        return BookOutcome.Applied;
    }

    private void Lose(BookTrust trust, long nowMs)
    {
        Trust = trust;
        _buffer.Clear();
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
}

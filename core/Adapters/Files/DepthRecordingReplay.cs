using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Files;

/// <summary>
/// Replays a raw depth recording of one symbol through the book that the live system holds: its updates and the REST
/// snapshots between them, in the order of the lines.
/// </summary>
public sealed class DepthRecordingReplay : DepthRecordingPass
{
    private readonly Action<DepthRecordingFault>? _onFault;
    private readonly BookSync _sync;
    private readonly Symbol _symbol;
    private long _applied;
    private long _updates;
    private long _snapshots;
    private long _faults;
    private string? _gap;

    private DepthRecordingReplay(
        Symbol symbol, long tickSize, Action<BookSync>? onApplied, Action<DepthRecordingFault>? onFault)
    {
        _symbol = symbol;
        _onFault = onFault;

        // Its snapshots count as whole: there is none to ask for when the price leaves them.
        // A recording may pause: only what is missing from it ends the trust. The recorder's clock is not the exchange's.
        _sync = new(new(tickSize), new() { StaleAfterMs = null, EventsFollowWallTime = false })
        {
            Applied = sync =>
            {
                _applied++;
                _gap = null;
                onApplied?.Invoke(sync);
            },
        };
    }

    /// <param name="path">Plain or <c>.gz</c>.</param>
    /// <param name="onApplied">Called after each applied update with the book as it then is.</param>
    /// <param name="onFault">Called for each line that cannot be read.</param>
    /// <exception cref="KlineFileException">The file cannot be opened, is damaged or cut short.</exception>
    public static DepthRecordingResult Run(
        string path, Action<BookSync>? onApplied = null, Action<DepthRecordingFault>? onFault = null,
        CancellationToken cancel = default)
    {
        var survey = DepthRecordingSurvey.Of(path, cancel);
        var replay = new DepthRecordingReplay(
            survey.Symbols.Count > 0 ? survey.Symbols[0] : default, Math.Max(1, survey.TickSize), onApplied, onFault);
        if (survey.Symbols.Count > 1)
        {
            return replay.Result(
                $"it holds depth updates of {string.Join(", ", survey.Symbols)}; a recording of one symbol can be "
                + "replayed, because a snapshot does not say whose it is");
        }

        replay._sync.Connected(nowMs: 0);
        replay.Read(path, cancel);
        return replay.Result(replay.Obstacle());
    }

    protected override void OnUpdate(Symbol symbol, DepthUpdate update)
    {
        _updates++;
        var at = _sync.LastUpdateId;
        var outcome = _sync.OnUpdate(
            update.EventMs, update.FirstId, update.LastId, update.PreviousId, update.Bids, update.Asks,
            ReceivedMs < 0 ? update.EventMs : ReceivedMs);
        if (outcome == BookOutcome.Gap) _gap = Describe(update, at);
    }

    protected override void OnSnapshot(DepthSnapshot snapshot)
    {
        _snapshots++;
        var outcome = _sync.OnSnapshot(
            snapshot.LastUpdateId, snapshot.Bids, snapshot.Asks, ReceivedMs < 0 ? snapshot.EventMs : ReceivedMs);
        if (outcome == BookOutcome.Gap)
            _gap = $"line {Line}: the updates before it do not fit onto the snapshot {snapshot.LastUpdateId}";
    }

    protected override void OnFault(string reason)
    {
        _faults++;
        _onFault?.Invoke(new(Line, reason));
    }

    private string Describe(DepthUpdate update, long at) => _sync.Trust switch
    {
        BookTrust.Crossed => $"line {Line}: after update {update.LastId} the best bid stands at or above the best ask",
        _ when update.PreviousId == at => $"line {Line}: update {update.LastId} has a price that no level can have",
        _ => $"line {Line}: update {update.LastId} follows {update.PreviousId}, the book stands at {at}",
    };

    private string? Obstacle() => _sync.Trust switch
    {
        BookTrust.Synced => null,
        _ when _updates == 0 => "it holds no depth update",
        _ when _gap is not null => $"{_gap}; no later snapshot mends the gap",
        _ when _snapshots == 0 => "it holds no snapshot, so the book has no beginning",
        _ => "no snapshot fits onto its updates",
    };

    private DepthRecordingResult Result(string? obstacle) => new(
        _symbol == default ? null : _symbol, _sync.Book.TickSize, Line, _updates, _applied, _sync.OldUpdates, _sync.Gaps,
        _snapshots, _sync.Resyncs, _faults, _sync.Trust, _sync.LastUpdateId, obstacle);
}

using System.Diagnostics;
using System.Text.Json;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Telemetry;

namespace FuturesBot.Engine.Running;

/// <content>What is durable: putting it back, and a commit with what follows from it.</content>
public sealed partial class MarketRunner
{
    /// <summary>Puts everything back as it was committed, and carries out what was left.</summary>
    /// <returns>True when there was something to go on from.</returns>
    public async Task<bool> RestoreAsync(CancellationToken cancel)
    {
        var kernel = await _store.LoadPiecesAsync(StoredRun.Kernel, cancel);
        var feed = await _store.LoadSnapshotAsync(StoredRun.Feed, cancel);
        var mark = await LoadAsync<LedgerMark>(StoredRun.Ledger, cancel) ?? LedgerMark.Start;
        _sink.Ledger = _openLedger(mark);
        Halt = await LoadAsync<EntryHalt>(StoredRun.Halt, cancel);
        _haltTakenIn = await LoadAsync<EntryHalt>(StoredRun.HaltTakenIn, cancel);
        Pipeline.EntriesHalted = _haltTakenIn is not null;
        if (_feed is ILiveFeed live) _sink.ReplayedUntilMs = Math.Max(Identity.LiveFromMs, live.StoredUntilMs);
        _summedUpMs = _sink.ReplayedUntilMs;
        if (kernel is null || feed is null)
        {
            Days.Begin(Identity.DecideFromMs);
            _sink.Ledger.Begin(_options, Identity, _feed.Listings);
            await _store.CommitAsync(
                new() { Values = new Dictionary<string, string>(StringComparer.Ordinal) { [StoredRun.Identity] = StoredRun.Json(Identity) } }, cancel);
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
        var feed = await _store.LoadSnapshotAsync(StoredRun.Feed, cancel)
            ?? throw new InvalidOperationException("Nothing was committed that a kernel could be built anew for");
        _sink.Ledger = _openLedger(await LoadAsync<LedgerMark>(StoredRun.Ledger, cancel) ?? LedgerMark.Start);
        Halt = await LoadAsync<EntryHalt>(StoredRun.Halt, cancel);
        _haltTakenIn = await LoadAsync<EntryHalt>(StoredRun.HaltTakenIn, cancel);
        Pipeline.EntriesHalted = _haltTakenIn is not null;
        StateRestorer.Restore(_feed, feed.Bytes);
        await RestoreBoardsAsync(cancel);
        var equity = await LoadAsync<decimal>(StoredRun.Equity, cancel);
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
        NowMs = CommittedMs = await LoadAsync<long>(StoredRun.Position, cancel);
        Journal.Restore(await LoadAsync<JournalEntry[]>(StoredRun.Journal, cancel) ?? []);
        Refusals.Restore(await LoadAsync<RefusalBoard.Entry[]>(StoredRun.Refusals, cancel) ?? []);
        Refusals.RestoreRows((await _store.LoadDecisionsAsync(symbol: null, RefusalBoard.Keep, cancel))
            .Select(row => JsonSerializer.Deserialize<RefusalNote>(row.Json, SignalJson.Options)!));
        Regimes.Restore(await LoadAsync<RegimeBoard.Entry[]>(StoredRun.Regimes, cancel) ?? []);
        Days.Restore(await LoadAsync<DayCounts.Stored>(StoredRun.Days, cancel) ?? new(NowMs, []));
        if (NowMs > Identity.LiveFromMs) _summedUpMs = await LoadAsync<long?>(StoredRun.SummedUp, cancel) ?? NowMs;
        Signals.Restore((await _store.LoadClosedAsync(SignalBook.EndedMax, cancel: cancel)).Reverse());
        Signals.Restore(await _store.LoadOpenAsync(cancel));
        if (_keepsCandles) await RestoreCandlesAsync(cancel);
    }

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

    private StateChange Changes()
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [StoredRun.Position] = StoredRun.Json(NowMs),
            [StoredRun.Ledger] = StoredRun.Json(_sink.Ledger!.Mark()),
            [StoredRun.HaltTakenIn] = StoredRun.Json(_haltTakenIn),
            [StoredRun.SummedUp] = StoredRun.Json(_summedUpMs),
            [StoredRun.Equity] = StoredRun.Json(Pipeline.Account.Equity),
        };
        if (_hasNewHalt) values[StoredRun.Halt] = StoredRun.Json(Halt);
        if (_hasNewListings) values[StoredRun.Listings] = StoredRun.Json(Pipeline.Desks.Select(desk => desk.Listing));
        if (Journal.HasNews) values[StoredRun.Journal] = StoredRun.Json(Journal.Entries);
        if (Refusals.HasNews) values[StoredRun.Refusals] = StoredRun.Json(Refusals.Reasons);
        if (Days.HasNews) values[StoredRun.Days] = StoredRun.Json(Days.ToStored());
        if (Regimes.HasNews) values[StoredRun.Regimes] = StoredRun.Json(Regimes.Symbols);
        var signals = Signals.Unsaved();
        return new()
        {
            Candles = Shelf.Unsaved(),
            Signals = signals,
            Effects = _isOrchestrated ? SignalMoves.Of(signals, Signals, _sink.Effects) : [.. _sink.Effects],
            Decisions = [.. _sink.Decisions],
            Snapshots = !_keepsState ? [] :
            [
                new(StoredRun.Kernel, StoredRun.SnapshotVersion, Identity.StartMs, StateSaver.Save(Pipeline)),
                new(StoredRun.Feed, StoredRun.SnapshotVersion, Identity.StartMs, StateSaver.Save(_feed)),
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

    private Task<T?> LoadAsync<T>(string name, CancellationToken cancel) => StoredRun.LoadAsync<T>(_store, name, cancel);
}

using System.Diagnostics;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Telemetry;
using FuturesBot.Engine.Tracking;

namespace FuturesBot.Engine.Sharding;

/// <summary>
/// The kernel of one shard over its numbered batches: batch n + 1 is applied on state n alone. A batch that is known changes nothing;
/// one that comes too early makes the missing ones be read from the log, and where the log no longer has them, their candles from the
/// store.
/// </summary>
/// <remarks>
/// What was decided or moved is committed with the batch; batches since the last commit that moved nothing are read from the log again by
/// whoever opens the state next. Two that work on the same shard at once do no harm: the second to commit is told so by the store
/// (<see cref="Ports.StoreConflictException"/>), throws its state away and begins from what is stored. The same happens with every other
/// failure, so that memory and store never part.
/// </remarks>
public sealed class ShardRunner(ShardParts parts) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private MarketRunner? _runner;
    private BatchFeed? _feed;

    /// <summary>The kernel as it stands; null before the first batch and after a failure.</summary>
    public MarketRunner? Runner => _runner;

    /// <summary>Number of the last batch in it; 0 before it was opened.</summary>
    public long Number => _feed?.Number ?? 0;

    /// <summary>Reads the state back, if it is not there.</summary>
    /// <exception cref="InvalidDataException">Nobody has begun the shard.</exception>
    public async Task OpenAsync(CancellationToken cancel = default)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await EnsureAsync(cancel);
        }
        catch
        {
            Discard();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes a batch in, and what is missing before it.</summary>
    /// <exception cref="InvalidDataException">Nobody has begun the shard, or the batch belongs to another.</exception>
    /// <exception cref="Ports.StoreConflictException">Somebody else was faster; the batch has to come again.</exception>
    public async Task<BatchOutcome> TakeAsync(MarketBatch batch, CancellationToken cancel = default)
    {
        if (batch.Shard != parts.Shard) throw new InvalidDataException($"Batch {batch.Number} belongs to shard '{batch.Shard}', this is '{parts.Shard}'");
        await _turn.WaitAsync(cancel);
        try
        {
            await EnsureAsync(cancel);
            if (batch.Number <= _feed!.Number)
            {
                await _runner!.CarryOutPendingAsync(cancel);
                return OutcomeOf(0);
            }

            var taken = await ReachAsync(batch.Number - 1, batch, cancel) + 1;
            await ApplyAsync(batch, cancel);
            return OutcomeOf(taken);
        }
        catch
        {
            Discard();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes in what the log holds beyond the state; how many batches.</summary>
    public async Task<long> CatchUpAsync(CancellationToken cancel = default)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await EnsureAsync(cancel);
            return await parts.Log.HeadAsync(parts.Shard, cancel) is { } head ? await ReachAsync(head.Number, before: null, cancel) : 0;
        }
        catch
        {
            Discard();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        Discard();
        _turn.Dispose();
    }

    // In turn: afterwards another batch may be in, or a failure has thrown the state away.
    private BatchOutcome OutcomeOf(long taken) => new(_feed!.Number, taken, _runner!.LedgerPosition.Hash);

    private async Task EnsureAsync(CancellationToken cancel)
    {
        if (_runner is not null) return;
        var setup = await parts.Log.SetupAsync(parts.Shard, cancel)
            ?? throw new InvalidDataException($"Shard '{parts.Shard}' was not begun: the holder of the market has published nothing yet");
        // Before anything is read: whoever holds the market has written since this store was opened, and after a failure it first looks
        // what has become of the last commit.
        await parts.Candles.RefreshAsync(cancel);
        var isBegun = await StoredRun.FindPositionAsync(parts.Signals, cancel) is not null;
        var listings = await StoredRun.FindListingsAsync(parts.Signals, cancel) ?? setup.Listings;
        string? why = null;
        try
        {
            await OpenAsync(setup, listings, cancel);
        }
        catch (Exception e) when (e is SnapshotException or InvalidDataException)
        {
            why = e.Message;
        }

        if (why is null && isBegun && _feed!.Number == 0) why = "the kernel's state is not there";
        if (why is not null)
        {
            Discard();
            Make(setup, listings);
            await _runner!.RebuildAsync(why, cancel);
        }

        parts.Listener?.Opened(_feed!.Number, why);
    }

    private async Task OpenAsync(ShardSetup setup, IReadOnlyList<SymbolListing> listings, CancellationToken cancel)
    {
        Make(setup, listings);
        if (!await _runner!.RestoreAsync(cancel)) await _runner.WarmUpAsync(listings.Select(listing => listing.Symbol).ToAsyncEnumerable(), cancel);
    }

    private void Make(ShardSetup setup, IReadOnlyList<SymbolListing> listings)
    {
        _feed = new(listings, setup.Identity.DecideFromMs);
        _runner = new(new()
        {
            Identity = setup.Identity,
            Options = parts.Options,
            LedgerDepth = parts.LedgerDepth,
            Retention = parts.Retention,
            Feed = _feed,
            Signals = parts.Signals,
            Candles = parts.Candles,
            Ledger = parts.OpenLedger(),
            Effects = parts.Effects,
            Readers = parts.Readers,
            KeepsCandles = parts.KeepsCandles,
            KeepsState = parts.KeepsState,
            Shelf = parts.Shelf,
            IsOrchestrated = parts.IsOrchestrated,
            IsObserved = parts.IsObserved,
            Time = parts.Time,
        });
    }

    /// <summary>Takes in what lies between the state and a number, from the log.</summary>
    /// <param name="number">The last one wanted.</param>
    /// <param name="before">The batch behind it, when there is one.</param>
    /// <param name="cancel">Ends the work; what was committed stays.</param>
    private async Task<long> ReachAsync(long number, MarketBatch? before, CancellationToken cancel)
    {
        var taken = 0L;
        while (_feed!.Number < number)
        {
            var missed = await parts.Log.ReadAsync(parts.Shard, _feed.Number + 1, cancel);
            if (missed is null)
            {
                await BridgeAsync(number, before, cancel);
                continue;
            }

            await ApplyAsync(missed, cancel);
            taken++;
        }

        return taken;
    }

    private async Task ApplyAsync(MarketBatch batch, CancellationToken cancel)
    {
        var began = parts.Time.GetTimestamp();
        using var span = Observe(batch);
        try
        {
            await TakeInAsync(_runner!, batch, cancel);
        }
        catch (Exception e)
        {
            span.Fail(e);
            throw;
        }

        parts.Listener?.Taken(batch, parts.Time.GetElapsedTime(began));
    }

    private async Task TakeInAsync(MarketRunner runner, MarketBatch batch, CancellationToken cancel)
    {
        foreach (var answer in batch.Answers) parts.Listener?.Answered(answer);
        if (batch.Halt is { } order) runner.Order(order.Halt);
        // News for an orchestration, which moves nothing here: a commit of the whole state would be for nothing. Whoever opens the state before
        // the next one finds it in the log and tells it again; an orchestration knows what it has heard.
        foreach (var crossing in batch.Crossings) await runner.CarryOutNewsAsync(Of(crossing), cancel);
        foreach (var listing in batch.Listings) runner.Post(() => ListAsync(runner, listing, batch.ListedToMs, cancel));
        foreach (var symbol in batch.Leaving)
        {
            runner.Post(() =>
            {
                runner.TryRetire(symbol);
                return Task.CompletedTask;
            });
        }

        if (_feed!.Add(batch))
        {
            await runner.TakeReadyAsync(parts.Clock, cancel);
            _feed.ForgetContexts();
        }
    }

    private Activity? Observe(MarketBatch batch)
    {
        if (!parts.IsObserved) return null;
        var waitedMs = batch.PublishedAtMs > 0 ? parts.Time.GetUtcNow().ToUnixTimeMilliseconds() - batch.PublishedAtMs : double.NaN;
        Counts.Taken(batch.Shard, batch.Candles.Count, waitedMs, MarketEventsDesk.Queue);
        var span = BotTelemetry.StartFrom(Spans.Take, ActivityKind.Consumer, batch.TraceParent);
        if (span is not { IsAllDataRequested: true }) return span;
        span.SetTag(Attributes.Shard, batch.Shard).SetTag(Attributes.Batch, batch.Number).SetTag(Attributes.CloseMs, batch.CloseMs)
            .SetTag(Attributes.Candles, batch.Candles.Count);
        if (double.IsFinite(waitedMs)) span.SetTag(Attributes.WaitedMs, waitedMs);
        return span;
    }

    private async Task ListAsync(MarketRunner runner, SymbolListing listing, long pastToMs, CancellationToken cancel)
    {
        await parts.Candles.RefreshAsync(cancel);   // its past was stored a moment ago, elsewhere
        if (runner.Pipeline.Desks.Any(desk => desk.Symbol == listing.Symbol)) await runner.RelistAsync(listing, cancel);
        else await runner.AdmitAsync(listing, pastToMs, cancel);
    }

    private static Ports.StoredEffect Of(LevelCrossing crossing) => Effects.Raised(
        crossing.SignalId,
        new TrackingEvent.Crossed(
            FormattableString.Invariant($"{crossing.SignalId}-{crossing.Level}-{crossing.Price}-crossed"), crossing.AtMs, crossing.Level, crossing.Price,
            crossing.MarketPrice));

    /// <summary>
    /// Batches that the log no longer keeps: their closing times are decided by the candles in the store, with nothing known beside them.
    /// </summary>
    private async Task BridgeAsync(long number, MarketBatch? before, CancellationToken cancel)
    {
        await parts.Candles.RefreshAsync(cancel);
        var first = _feed!.Number + 1;
        var found = await FirstKeptAsync(first, number, cancel) ?? before
            ?? throw new InvalidDataException($"Batch {number} of shard '{parts.Shard}' was published and is not in the log");
        var frames = TimeFrames.All.Where(frame => frame >= TimeFrame.M15).ToArray();
        var series = _runner!.Pipeline.Desks.SelectMany(desk => frames.Select(frame => new Ports.SeriesInfo(desk.Symbol, frame))).ToArray();
        using var past = ChronologicalMerge.Open(new StoredHistory(parts.Candles, series, _feed.CloseMs, found.CloseMs - 1), frames);
        while (past.TryReadBatch(out var closeMs))
        {
            if (closeMs <= _feed.CloseMs) continue;
            _feed.Bridge(first, closeMs, [.. past.Batch.ToArray().Select(merged => new FeedCandle(past.Series[merged.Series].Info, merged.Candle))]);
            await _runner.TakeReadyAsync(clock: null, cancel);
        }

        _feed.Bridge(found.Number - 1, _feed.CloseMs, []);
        await _runner.TakeReadyAsync(clock: null, cancel);
        parts.Listener?.Bridged(first, found.Number - 1);
    }

    private async Task<MarketBatch?> FirstKeptAsync(long from, long to, CancellationToken cancel)
    {
        // Old batches are deleted from the front: the first that is kept lies behind all that are not.
        var (gone, kept, found) = (from, to + 1, (MarketBatch?)null);
        while (kept - gone > 1)
        {
            var middle = gone + ((kept - gone) / 2);
            if (await parts.Log.ReadAsync(parts.Shard, middle, cancel) is { } batch) (kept, found) = (middle, batch);
            else gone = middle;
        }

        return found;
    }

    private void Discard()
    {
        _runner?.Dispose();
        (_runner, _feed) = (null, null);
    }
}

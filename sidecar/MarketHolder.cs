using System.Threading.Channels;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Sidecar;

/// <summary>
/// One thing after another: what closes is stored, published under the next number and followed; what others ask for is done in
/// between. Without the market in hand it only keeps what may have to be published, and follows what the holder publishes.
/// </summary>
internal sealed partial class MarketHolder
{
    /// <summary>Things that may wait to be done in between.</summary>
    private const int PostedMax = 10_000;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly MarketHolderParts _parts;
    private readonly Channel<Func<CancellationToken, Task>> _posted = Channel.CreateBounded<Func<CancellationToken, Task>>(
        new BoundedChannelOptions(PostedMax) { SingleReader = true });

    private readonly Queue<ClosedTime> _unpublished = new();
    private MarketHand? _hand;
    private long _lastSeenHead;

    public MarketHolder(MarketHolderParts parts) => _parts = parts;

    /// <summary>
    /// Number of the last batch of the shard that whoever takes batches in has to know by now, as far as it is known here: quiet ones wait
    /// for the next.
    /// </summary>
    public long HeadNumber => Math.Max(Volatile.Read(ref _lastSeenHead), _hand?.Writer.Head.Loud ?? 0);

    /// <summary>The last closing time that the feed has handed over, UTC, Unix milliseconds; 0 before the first.</summary>
    public long ReadMs => _parts.Reader.ReadMs;

    /// <summary>It publishes.</summary>
    public bool IsHolder => _hand is not null;

    /// <summary>Does something between two closing times; returns when it is done.</summary>
    public async Task<T> DoAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _posted.Writer.WriteAsync(
            async stop =>
            {
                try
                {
                    done.TrySetResult(await work(stop));
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    done.TrySetCanceled(stop);
                }
                catch (ShardLostException lost)
                {
                    done.TrySetException(lost);
                    throw;   // the market is somebody else's: known here first
                }
                catch (Exception fault)
                {
                    done.TrySetException(fault);   // whoever asked has to know
                }
            },
            cancel);
        return await done.Task.WaitAsync(cancel);
    }

    /// <summary>Publishes something that belongs to no closing time; the batch as it was written.</summary>
    /// <exception cref="ShardLostException">The market is not in hand.</exception>
    public Task<MarketBatch> TellAsync(Func<MarketBatch, MarketBatch> fill, CancellationToken cancel) => DoAsync(stop => TellNowAsync(fill, stop), cancel);

    /// <summary>Deletes batches that were published so long ago; how many.</summary>
    /// <exception cref="ShardLostException">The market is not in hand.</exception>
    public Task<long> ForgetAsync(TimeSpan olderThan, CancellationToken cancel) => DoAsync(
        stop => (_hand ?? throw Lost()).ForgetAsync((_parts.Time.GetUtcNow() - olderThan).ToUnixTimeMilliseconds(), stop), cancel);

    /// <summary>Takes the market in hand: from now on what closes is published.</summary>
    public Task TakeAsync(MarketHand hand, CancellationToken cancel) => DoAsync(
        async stop =>
        {
            await hand.Writer.ResendAsync(stop);   // what an earlier holder has not; a queue that is away does not hold the market up
            _hand = hand;
            await FollowHeadAsync(stop);
            await PublishAllAsync(stop);
            _parts.Changed(true);
            return true;
        },
        cancel);

    /// <summary>Lets go of it.</summary>
    public void Drop()
    {
        if (Interlocked.Exchange(ref _hand, null) is not null) _parts.Changed(false);
    }

    /// <summary>Symbols whose minutes are told: those of which something lives in the kernel, or is watched.</summary>
    public IReadOnlySet<Symbol> Busy() => new HashSet<Symbol>([.. _parts.Followed().Busy, .. _parts.Watched()]);

    /// <summary>Symbols that the kernel has.</summary>
    public IReadOnlySet<Symbol> Known() => _parts.Followed().Listings.Select(listing => listing.Symbol).ToHashSet();

    /// <summary>Puts an answer that nobody is in a hurry for into the next closing time that is published.</summary>
    /// <exception cref="ShardLostException">The market is not in hand.</exception>
    public Task AnswerAsync(CommandAnswer answer, CancellationToken cancel) => DoAsync(
        async stop =>
        {
            if (!(_hand ?? throw Lost()).TryAdd(answer)) await TellNowAsync(batch => batch with { Answers = [answer] }, stop);
            return true;
        },
        cancel);

    /// <summary>Publishes a change of the symbols, and reads those from now on that the kernel has then.</summary>
    /// <param name="fill">What changes.</param>
    /// <param name="loadedToMs">The past of new ones is stored up to here.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="ShardLostException">The market is not in hand.</exception>
    public Task ChangeSymbolsAsync(Func<MarketBatch, MarketBatch> fill, long loadedToMs, CancellationToken cancel) => DoAsync(
        async stop =>
        {
            var foldedToMs = Math.Min(loadedToMs, _parts.Followed().NowMs);   // where the kernel leaves off, the feed begins
            await TellNowAsync(fill, stop);
            await _parts.Reader.FollowAsync(_parts.Followed().Listings, foldedToMs, stop);
            return true;
        },
        cancel);

    /// <summary>Throws the follower's kernel away and begins again from what the kernel of the shard has committed.</summary>
    public Task FollowAnewAsync(CancellationToken cancel) => DoAsync(
        async stop =>
        {
            await _parts.Patience.AskAsync("beginning again from the committed state", _parts.Follower.RestartAsync, stop);
            await _parts.Patience.AskAsync("following what was published", _parts.Follower.CatchUpAsync, stop);
            return true;
        },
        cancel);

    /// <summary>Works until it is cancelled: then the thing in hand is finished, and nothing else begun.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var (closed, posted) = (_parts.Reader.Closed, _posted.Reader);
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                // What was asked for goes first: it is little, and somebody waits for it.
                if (posted.TryRead(out var work)) await work(_parts.Hurry);
                else if (closed.TryRead(out var next)) await CloseAsync(next, _parts.Hurry);
                else await WaitAsync(cancel);
            }
            catch (ShardLostException lost)
            {
                LogLost(_parts.Log, lost);
                Drop();
                _parts.Lost();
            }
        }
    }

    private async Task WaitAsync(CancellationToken cancel)
    {
        using var some = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var closed = _parts.Reader.Closed.WaitToReadAsync(some.Token).AsTask();
        var first = await Task.WhenAny(closed, _posted.Reader.WaitToReadAsync(some.Token).AsTask(), Task.Delay(LookEvery, _parts.Time, some.Token));
        var isOver = first == closed && !cancel.IsCancellationRequested && !await closed;
        await some.CancelAsync();
        if (isOver) throw new InvalidOperationException("The feed of the market has ended");
        if (first == closed || cancel.IsCancellationRequested) return;
        if (_hand is not { Writer: var writer }) await FollowHeadAsync(_parts.Hurry);
        else if (writer.Head.Sent < writer.Head.Loud) await writer.ResendAsync(_parts.Hurry);   // the queue was away
    }

    private async Task CloseAsync(ClosedTime closed, CancellationToken cancel)
    {
        Show(closed);
        _unpublished.Enqueue(closed);
        if (_hand is not null) await PublishAllAsync(cancel);
        else await FollowHeadAsync(cancel);
    }

    /// <summary>Charts show every minute; the kernel gets those of watched symbols alone.</summary>
    private void Show(ClosedTime closed)
    {
        if (_parts.Runner() is not { } runner) return;   // nobody looks, and whoever does later reads it from the store
        lock (runner.Gate)
        {
            foreach (var one in closed.Candles.Where(one => one.Series.Frame < TimeFrame.M15))
            {
                if (runner.Shelf.Last(one.Series) is { } last && last.OpenTimeMs >= one.Candle.OpenTimeMs) continue;
                runner.Shelf.Add(one);
                _parts.Listener()?.Closed(one);
            }
        }
    }

    private async Task PublishAllAsync(CancellationToken cancel)
    {
        while (_hand is { } hand && _unpublished.TryPeek(out var next))
        {
            if (!next.IsStored)
            {
                var batches = next.Candles.GroupBy(one => one.Series).Select(series => new CandleBatch(series.Key, series.Select(one => one.Candle).ToArray()));
                await _parts.Patience.AskAsync("storing candles", stop => _parts.Store.CommitAsync(new() { Candles = [.. batches] }, stop), cancel);
            }

            foreach (var batch in await hand.PublishAsync(next, cancel)) await FollowAsync(batch, cancel);
            _unpublished.Dequeue();
        }
    }

    private async Task<MarketBatch> TellNowAsync(Func<MarketBatch, MarketBatch> fill, CancellationToken cancel)
    {
        var hand = _hand ?? throw Lost();
        var batch = await hand.TellAsync(fill, cancel);
        await FollowAsync(batch, cancel);
        return batch;
    }

    private static ShardLostException Lost() => new("This process does not hold the market, so it publishes nothing");

    private async Task FollowAsync(MarketBatch batch, CancellationToken cancel)
    {
        if (!batch.IsQuiet) Volatile.Write(ref _lastSeenHead, batch.Number);
        var moved = await _parts.Patience.AskAsync("following what was published", stop => _parts.Follower.TakeAsync(batch, stop), cancel);
        if (!moved) return;
        // A minute that moves nothing here moves nothing there, and waits for the next batch that wakes; one that does must not.
        if (batch.IsQuiet && _hand is { } hand)
        {
            await _parts.Patience.AskAsync("waking the kernel", hand.Writer.WakeAsync, cancel);
            Volatile.Write(ref _lastSeenHead, batch.Number);
        }
    }

    /// <summary>Takes in what somebody else has published, and forgets what therefore need not be.</summary>
    private async Task FollowHeadAsync(CancellationToken cancel)
    {
        var head = await _parts.Patience.AskAsync("looking how far the shard is", stop => _parts.Batches.HeadAsync(_parts.Shard, stop), cancel);
        if (head is null || head.Number <= _parts.Follower.Number) return;
        await _parts.Patience.AskAsync("following what others publish", _parts.Follower.CatchUpAsync, cancel);
        Volatile.Write(ref _lastSeenHead, head.Loud);
        while (_hand is null && _unpublished.TryPeek(out var oldest) && oldest.CloseMs < head.CloseMs) _unpublished.Dequeue();
    }

    [LoggerMessage(4010, LogLevel.Warning, "Another process holds the market now; this one stands by")]
    private static partial void LogLost(ILogger log, Exception why);
}

using FuturesBot.Adapters.AzureStorage.Queues;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Telemetry;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>
/// The log in the hand of its holder. A batch costs one transaction, of head and batch, which fails when somebody else has taken over, and
/// one of the queue where it has to be taken in at once. A message wakes, and the log is the truth: one message tells of all batches before
/// it. How far the queue has been told is noted with the next batch, so a new holder sends the last one again; whoever takes batches in
/// drops what it knows.
/// </summary>
/// <remarks>
/// One call after the other. After a call that broke off it is unknown what was written: the next one reads the head first, and the same
/// batch again is known by its number and bytes, never written twice. While the queue is away batches stay in the log, and the newest is
/// sent once it is back.
/// </remarks>
public sealed partial class ShardWriter : IShardWriter, IDisposable
{
    private const int TakeTries = 20;
    private static readonly TimeSpan SendMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SendAgainFirst = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SendAgainMax = TimeSpan.FromSeconds(30);

    private readonly TableBatchLog _log;
    private readonly QueueClient _queue;
    private readonly string _shard;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private TableRow _row;
    private long _first;
    private bool _isDoubtful;   // a call broke off: the head may be another than is known here
    private long _tried;        // number under which a batch was being written when a call broke off; 0: none
    private string? _lost;
    private TimeSpan _sendAgain = SendAgainFirst;
    private DateTimeOffset _sendFrom = DateTimeOffset.MinValue;

    private ShardWriter(TableBatchLog log, QueueClient queue, string shard, TableRow row, TimeProvider time, ILogger logger)
    {
        (_log, _queue, _shard, _row, _time, _logger) = (log, queue, shard, row, time, logger);
        // What an earlier holder was about to wake for is not known: all there is has to be taken in.
        Head = TableBatchLog.HeadOf(row) with { Loud = row.Long("number") };
        _first = row.Long("first");
    }

    public ShardHead Head { get; private set; }

    /// <summary>Takes a shard over: from here on every write of whoever held it fails.</summary>
    /// <param name="account">Where.</param>
    /// <param name="prefix">Before the table's name.</param>
    /// <param name="shard">Such as <c>main</c>.</param>
    /// <param name="time">Wall time.</param>
    /// <param name="logger">Told of batches that could not be sent.</param>
    /// <param name="queue">Name of the queue of batches.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="ShardLostException">Others took it over again and again meanwhile.</exception>
    public static async Task<ShardWriter> TakeAsync(
        StorageAccount account, string prefix, string shard, TimeProvider time, ILogger logger,
        string queue = MarketNames.Events, CancellationToken cancel = default)
    {
        var (log, events) = (new TableBatchLog(account, prefix), account.Queue(queue));
        await log.CreateAsync(cancel);
        await events.CreateAsync(cancel);
        for (var tries = 0; tries < TakeTries; tries++)
        {
            var there = await log.HeadRowAsync(shard, cancel);
            var head = there is null ? new ShardHead(0, 0, 0, 0, 0) : TableBatchLog.HeadOf(there);
            var row = Row(shard, there?.ETag, head with { Epoch = head.Epoch + 1 }, there?.Long("first") ?? 1);
            var outcome = await log.Table.ApplyAsync(there is null ? TableAction.Insert(row) : TableAction.Update(row), cancel);
            // Ours or not: a head that changed meanwhile is read anew, and an epoch too many does no harm.
            if (outcome == TableOutcome.Done) return new(log, events, shard, row, time, logger);
        }

        throw new ShardLostException($"Shard {shard} could not be taken over in {TakeTries} tries: somebody else writes to it");
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There are batches already.</exception>
    public Task BeginAsync(ShardSetup setup, CancellationToken cancel = default) => InTurnAsync(
        async () =>
        {
            if (Head.Number > 0) throw new InvalidOperationException($"Shard {_shard} has {Head.Number} batches; what it begins with comes before the first");
            var row = Row(_shard, _row.ETag, Head, _first);
            var outcome = await _log.Table.TransactAsync(
                [TableAction.Update(row), .. TableBatchLog.SetupRows(_shard, setup).Select(TableAction.Upsert)], cancel);
            if (outcome == TableOutcome.Done)
            {
                _row = row;
                return true;
            }

            await ReloadAsync(cancel);   // a try whose answer was lost, if the shard is still ours
            return true;
        },
        cancel);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">It belongs to another shard, is too large, or closes before the last one.</exception>
    public Task<MarketBatch> PublishAsync(MarketBatch batch, CancellationToken cancel = default) => InTurnAsync(
        async () =>
        {
            if (batch.Shard != _shard) throw new ArgumentException($"A batch of shard '{batch.Shard}' was given to '{_shard}'", nameof(batch));
            if (_isDoubtful && await FindTryAsync(batch, cancel) is { } written)
            {
                await SendDueAsync(written, cancel);
                return written;
            }

            if (batch.CloseMs < Head.CloseMs)
                throw new ArgumentException($"A batch closes at {batch.CloseMs}, the one before at {Head.CloseMs}: time does not go back", nameof(batch));
            var numbered = batch with { Number = Head.Number + 1, Epoch = Head.Epoch };
            var bytes = ShardJson.Write(numbered);
            if (bytes.Length > MarketBatch.BytesMax)
                throw new ArgumentException($"A batch had {bytes.Length} bytes; {MarketBatch.BytesMax} are allowed", nameof(batch));
            var head = Head with
            {
                Number = numbered.Number,
                CloseMs = numbered.CloseMs,
                Loud = numbered.IsQuiet ? Head.Loud : numbered.Number,
            };
            var row = Row(_shard, _row.ETag, head, _first);
            var body = new TableRow(TableKey.Of(_shard), TableBatchLog.KeyOf(numbered.Number)).With(TableBatchLog.Body, bytes);
            _tried = numbered.Number;
            var outcome = await _log.Table.TransactAsync([TableAction.Update(row), TableAction.Insert(body)], cancel);
            if (outcome == TableOutcome.Done)
            {
                (_row, Head, _tried) = (row, head, 0);
                Counts.Published(_shard, bytes.Length);
            }
            else if (await FindTryAsync(batch, cancel) is null)
            {
                _lost = $"Batch {numbered.Number} of shard {_shard} was refused ({outcome}): somebody else holds the shard";
                throw new ShardLostException(_lost);
            }

            await SendDueAsync(numbered, cancel);
            return numbered;
        },
        cancel);

    /// <inheritdoc/>
    public Task WakeAsync(CancellationToken cancel = default) => InTurnAsync(
        async () =>
        {
            Head = Head with { Loud = Head.Number };
            await SendDueAsync(known: null, cancel);
            return true;
        },
        cancel);

    /// <inheritdoc/>
    /// <remarks>While the queue is away it is tried after 1 s and at most 30 s; calls in between do nothing.</remarks>
    public Task<int> ResendAsync(CancellationToken cancel = default) => InTurnAsync(
        async () =>
        {
            if (_isDoubtful) await ReloadAsync(cancel);   // what a try that broke off has written is sent too
            var before = Head.Sent;
            if (before < Head.Number) Head = Head with { Loud = Head.Number };   // a quiet one may move something: whoever wrote it may have died before saying so
            await SendDueAsync(known: null, cancel);
            return (int)(Head.Sent - before);
        },
        cancel);

    /// <inheritdoc/>
    /// <remarks>Batches that were not sent stay, whatever the number.</remarks>
    public Task<long> ForgetAsync(long upToNumber, CancellationToken cancel = default) => InTurnAsync(
        async () =>
        {
            var forgotten = 0L;
            var last = Math.Min(upToNumber, Math.Min(Head.Sent, Head.Number - 1));   // the last one tells where the log ends
            while (_first <= last)
            {
                var count = Math.Min(TableClient.TransactionMaxActions - 1, last - _first + 1);
                var row = Row(_shard, _row.ETag, Head, _first + count);
                List<TableAction> actions = [TableAction.Update(row)];
                for (var i = 0; i < count; i++) actions.Add(TableAction.Delete(TableKey.Of(_shard), TableBatchLog.KeyOf(_first + i)));
                var outcome = await _log.Table.TransactAsync(actions, cancel);
                var before = _first;
                if (outcome == TableOutcome.Done) (_row, _first) = (row, _first + count);
                else await ReloadAsync(cancel);   // a try whose answer was lost
                if (_first == before)
                    throw new InvalidDataException($"Batches {before} to {before + count - 1} of shard {_shard} could not be deleted ({outcome})");
                forgotten += _first - before;
            }

            return forgotten;
        },
        cancel);

    public void Dispose() => _turn.Dispose();

    /// <summary>The batch as a try that broke off has written it; null when it has not. Knows afterwards where the log stands.</summary>
    private async Task<MarketBatch?> FindTryAsync(MarketBatch batch, CancellationToken cancel)
    {
        await ReloadAsync(cancel);
        var wanted = batch with { Number = _tried, Epoch = Head.Epoch };
        var stored = _tried > 0 && _tried <= Head.Number ? await _log.BytesAsync(_shard, _tried, cancel) : null;
        (_isDoubtful, _tried) = (false, 0);
        return stored is not null && stored.AsSpan().SequenceEqual(ShardJson.Write(wanted)) ? wanted : null;
    }

    /// <summary>Reads the head anew.</summary>
    /// <exception cref="ShardLostException">It is somebody else's.</exception>
    private async Task ReloadAsync(CancellationToken cancel)
    {
        var row = await _log.HeadRowAsync(_shard, cancel);
        if (row is null || row.Long("epoch") != Head.Epoch)
        {
            _lost = $"Shard {_shard} was taken over: epoch {row?.Long("epoch").ToString() ?? "none"}, ours was {Head.Epoch}";
            throw new ShardLostException(_lost);
        }

        var stored = TableBatchLog.HeadOf(row);
        // What was sent or woken since the row was written is known here alone.
        (_row, Head, _first) = (row, stored with { Sent = Math.Max(Head.Sent, stored.Sent), Loud = Math.Max(Head.Loud, stored.Loud) }, row.Long("first"));
    }

    /// <summary>Sends the last batch if somebody has to be woken. What cannot be sent now is in the log: that is told, and no fault.</summary>
    /// <param name="known">One that need not be read when it is the last; null: none.</param>
    /// <param name="cancel">Ends the wait.</param>
    private async Task SendDueAsync(MarketBatch? known, CancellationToken cancel)
    {
        if (Head.Sent >= Head.Loud || _time.GetUtcNow() < _sendFrom) return;
        try
        {
            using var limit = new CancellationTokenSource(SendMax, _time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
            await SendAsync(known, both.Token);
            if (_sendAgain > SendAgainFirst) LogQueueBack(_logger, _queue.Name, Head.Sent);
            _sendAgain = SendAgainFirst;
        }
        catch (Exception e) when (e is StorageException or OperationCanceledException)
        {
            LogQueueAway(_logger, e, _queue.Name, Head.Number - Head.Sent, _sendAgain);
            _sendFrom = _time.GetUtcNow() + _sendAgain;
            _sendAgain = _sendAgain * 2 < SendAgainMax ? _sendAgain * 2 : SendAgainMax;
        }
    }

    private async Task SendAsync(MarketBatch? known, CancellationToken cancel)
    {
        var number = Head.Number;
        var bytes = known?.Number == number ? ShardJson.Write(known) : await _log.BytesAsync(_shard, number, cancel);
        if (bytes is null) LogGone(_logger, number, _shard);   // forgotten before it was sent: its readers begin anew from the candles
        else await _queue.SendAsync(bytes, cancel: cancel);
        Head = Head with { Sent = number };
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (_lost is not null) throw new ShardLostException(_lost);
            return await work();
        }
        catch (Exception e) when (e is not (ShardLostException or ArgumentException))
        {
            _isDoubtful = true;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static TableRow Row(string shard, string? etag, ShardHead head, long first) =>
        new TableRow(TableKey.Of(shard), TableBatchLog.HeadKey) { ETag = etag }
            .With("number", head.Number).With("close", head.CloseMs).With("epoch", head.Epoch).With("sent", head.Sent).With("loud", head.Loud).With("first", first);

    [LoggerMessage(4101, LogLevel.Warning, "Queue {Queue} does not take batches: {Waiting} wait in the log; it is tried again in {Again}")]
    private static partial void LogQueueAway(ILogger log, Exception fault, string queue, long waiting, TimeSpan again);

    [LoggerMessage(4102, LogLevel.Information, "Queue {Queue} takes batches again; sent up to {Number}")]
    private static partial void LogQueueBack(ILogger log, string queue, long number);

    [LoggerMessage(4103, LogLevel.Warning, "Batch {Number} of shard {Shard} was deleted before it was sent")]
    private static partial void LogGone(ILogger log, long number, string shard);
}

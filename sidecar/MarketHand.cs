using System.Diagnostics;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Telemetry;

namespace FuturesBot.Sidecar;

/// <summary>The market in the hand of one process: everything that it publishes goes through here, in order.</summary>
/// <param name="writer">The shard's log in its hand.</param>
/// <param name="batches">The same log, for reading what an earlier holder left unfinished.</param>
/// <param name="shard">Such as <c>main</c>.</param>
/// <param name="known">Symbols that the kernel has: of no other it can take a candle in.</param>
/// <param name="busy">Symbols of which something lives in the kernel: their minutes are told too.</param>
/// <param name="patience">For while storage is away.</param>
/// <param name="time">Wall time.</param>
internal sealed class MarketHand(
    IShardWriter writer, IBatchLog batches, string shard, Func<IReadOnlySet<Symbol>> known, Func<IReadOnlySet<Symbol>> busy, Patience patience,
    TimeProvider time)
{
    /// <summary>Answers that may wait for the next closing time; more are published by themselves.</summary>
    private const int AnswersMax = 100;

    private readonly List<CommandAnswer> _answers = [];
    private HashSet<(SeriesInfo, long)>? _told;   // of the closing time at which the log stood when it was taken over
    private bool _isUnfinished;
    private long _passedMs;

    public IShardWriter Writer => writer;

    /// <summary>Publishes what closed at one moment; nothing where the kernel has no use for it, or an earlier holder has done it.</summary>
    /// <exception cref="ShardLostException">Somebody else holds the shard.</exception>
    public async Task<IReadOnlyList<MarketBatch>> PublishAsync(ClosedTime closed, CancellationToken cancel)
    {
        var head = writer.Head;
        await LookBackAsync(head, cancel);
        if (closed.CloseMs < head.CloseMs) return [];
        // What was read before its symbol left the kernel is nobody's any more.
        var (there, alive) = (known(), busy());
        var candles = closed.Candles
            .Where(one => there.Contains(one.Series.Symbol))
            .Where(one => one.Series.Frame >= TimeFrame.M15 || (one.Series.Frame == TimeFrame.M1 && alive.Contains(one.Series.Symbol))).ToList();
        var contexts = closed.Contexts;
        if (closed.CloseMs == head.CloseMs)
        {
            candles.RemoveAll(one => _told!.Contains((one.Series, one.Candle.OpenTimeMs)));
            if (!_isUnfinished && candles.Count == 0) return [];
            if (!_isUnfinished) contexts = [];
        }

        _passedMs = closed.CloseMs;
        if (candles.Count == 0 && !_isUnfinished) return [];
        var whole = Empty(closed.CloseMs) with { Candles = candles, Contexts = contexts, Answers = [.. _answers], TraceParent = closed.TraceParent };
        var published = new List<MarketBatch>();
        foreach (var part in BatchPacker.Pack(whole)) published.Add(await WriteAsync(part, cancel));
        _answers.Clear();
        (_told, _isUnfinished) = ([], false);
        return published;
    }

    /// <summary>Puts an answer into the next closing time that is published; false when too many wait: it has to go by itself.</summary>
    public bool TryAdd(CommandAnswer answer)
    {
        if (_answers.Count >= AnswersMax) return false;
        _answers.Add(answer);
        return true;
    }

    /// <summary>Publishes something between two closing times.</summary>
    /// <exception cref="ShardLostException">Somebody else holds the shard.</exception>
    public async Task<MarketBatch> TellAsync(Func<MarketBatch, MarketBatch> fill, CancellationToken cancel)
    {
        await LookBackAsync(writer.Head, cancel);
        // Not in the middle of a closing time that an earlier holder began: the kernel would take that for whole.
        var batch = fill(Empty(Math.Max(writer.Head.CloseMs, _passedMs))) with { IsLast = !_isUnfinished };
        return await WriteAsync(batch, cancel);
    }

    /// <summary>Deletes what was published before a moment of wall time; how many batches.</summary>
    public async Task<long> ForgetAsync(long beforeMs, CancellationToken cancel)
    {
        // The log is in the order of time, and what is not there any more is old.
        var (old, young) = (0L, writer.Head.Number);
        while (young - old > 1)
        {
            var middle = old + ((young - old) / 2);
            var batch = await batches.ReadAsync(shard, middle, cancel);
            if (batch is null || batch.PublishedAtMs < beforeMs) old = middle;
            else young = middle;
        }

        return old == 0 ? 0 : await writer.ForgetAsync(old, cancel);
    }

    private MarketBatch Empty(long closeMs) => new()
    {
        Shard = shard,
        Number = 0,
        CloseMs = closeMs,
        PublishedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
    };

    // The span's own context goes into the batch before the first try: every try writes the same bytes.
    private async Task<MarketBatch> WriteAsync(MarketBatch batch, CancellationToken cancel)
    {
        using var span = BotTelemetry.StartFrom(Spans.Publish, ActivityKind.Producer, batch.TraceParent);
        batch = batch with { TraceParent = TraceContext.Of(span) ?? batch.TraceParent };
        var written = await patience.AskAsync("publishing", stop => writer.PublishAsync(batch, stop), cancel);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(Attributes.Shard, shard).SetTag(Attributes.Batch, written.Number).SetTag(Attributes.CloseMs, written.CloseMs)
                .SetTag(Attributes.Candles, written.Candles.Count);
        }

        return written;
    }

    /// <summary>Once: what of the last closing time is in the log already.</summary>
    private async Task LookBackAsync(ShardHead head, CancellationToken cancel)
    {
        if (_told is not null) return;
        var told = new HashSet<(SeriesInfo, long)>();
        var isUnfinished = false;
        for (var number = head.Number; number > 0; number--)
        {
            var batch = await patience.AskAsync("reading the end of the log", stop => batches.ReadAsync(shard, number, stop), cancel);
            if (batch is null || batch.CloseMs < head.CloseMs) break;
            if (number == head.Number) isUnfinished = !batch.IsLast;
            foreach (var one in batch.Candles) told.Add((one.Series, one.Candle.OpenTimeMs));
        }

        (_told, _isUnfinished) = (told, isUnfinished);
    }
}

namespace FuturesBot.Engine.Sharding;

/// <summary>Cuts what closes at one moment into batches that fit on the queue.</summary>
public static class BatchPacker
{
    /// <summary>The batches of one closing time, in their order; one when everything fits.</summary>
    /// <param name="whole">All of it; its number does not matter yet.</param>
    /// <param name="bytesMax">Most bytes of one; <see cref="MarketBatch.BytesMax"/> less what number and epoch may grow by.</param>
    /// <exception cref="ArgumentException">Something other than candles and contexts is larger than a batch.</exception>
    public static IReadOnlyList<MarketBatch> Pack(MarketBatch whole, int bytesMax = MarketBatch.BytesMax - 64)
    {
        if (ShardJson.Write(whole).Length <= bytesMax) return [whole];
        var rest = whole with { Candles = [], Contexts = [] };
        if (ShardJson.Write(rest).Length > bytesMax)
            throw new ArgumentException($"What is no candle and no context takes more than {bytesMax} bytes; publish it in several batches", nameof(whole));
        var parts = new List<MarketBatch>();
        var bare = new MarketBatch { Shard = whole.Shard, Number = whole.Number, CloseMs = whole.CloseMs, PublishedAtMs = whole.PublishedAtMs, TraceParent = whole.TraceParent };
        Cut(whole.Candles, some => bare with { Candles = some }, bytesMax, parts);
        Cut(whole.Contexts, some => bare with { Contexts = some }, bytesMax, parts);
        parts.Add(rest);
        return [.. parts.Select((part, i) => part with { IsLast = i == parts.Count - 1 && whole.IsLast })];
    }

    private static void Cut<T>(IReadOnlyList<T> rows, Func<IReadOnlyList<T>, MarketBatch> wrap, int bytesMax, List<MarketBatch> into)
    {
        if (rows.Count == 0) return;
        var one = wrap(rows);
        if (rows.Count > 1 && ShardJson.Write(one).Length > bytesMax)
        {
            var half = rows.Count / 2;
            Cut([.. rows.Take(half)], wrap, bytesMax, into);
            Cut([.. rows.Skip(half)], wrap, bytesMax, into);
            return;
        }

        into.Add(one);
    }
}

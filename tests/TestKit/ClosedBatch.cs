namespace FuturesBot.TestKit;

/// <summary>All candles that close at one moment, in the order the kernel wants them.</summary>
/// <param name="CloseMs">The moment, UTC milliseconds.</param>
/// <param name="Candles">BTC first, then by ordinal; of one symbol the longest frame first.</param>
public sealed record ClosedBatch(long CloseMs, IReadOnlyList<FeedCandle> Candles);

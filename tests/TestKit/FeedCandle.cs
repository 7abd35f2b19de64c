using FuturesBot.Domain.Market;

namespace FuturesBot.TestKit;

/// <summary>One closed candle on its way into a pipeline.</summary>
/// <param name="Desk">Place of its symbol in the feed's listings.</param>
public readonly record struct FeedCandle(int Desk, TimeFrame Frame, Candle Candle);

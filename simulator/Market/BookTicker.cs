namespace FuturesBot.Simulator.Market;

/// <summary>The best levels of a book. A side without levels has 0 ticks and 0 steps.</summary>
/// <param name="UpdateId">u.</param>
/// <param name="EventMs">E, market time.</param>
/// <param name="TransactionMs">T, market time, at most E.</param>
public readonly record struct BookTicker(long UpdateId, long EventMs, long TransactionMs, DepthLevel Bid, DepthLevel Ask);

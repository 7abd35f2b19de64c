namespace FuturesBot.Simulator.Market;

/// <summary>The best levels of a book at one moment.</summary>
/// <param name="LastUpdateId">The deltas up to this id are in it.</param>
/// <param name="EventMs">E, market time.</param>
/// <param name="TransactionMs">T, market time.</param>
/// <param name="Bids">Best first.</param>
/// <param name="Asks">Best first.</param>
public sealed record BookSnapshot(
    long LastUpdateId, long EventMs, long TransactionMs, IReadOnlyList<DepthLevel> Bids, IReadOnlyList<DepthLevel> Asks);

namespace FuturesBot.Simulator.Market;

/// <summary>What changed in a book since the event before. Valid during the call only: copy what is kept.</summary>
/// <param name="eventMs">E, market time.</param>
/// <param name="transactionMs">T, market time, at most E.</param>
/// <param name="firstId">U.</param>
/// <param name="lastId">u.</param>
/// <param name="previousLastId">pu: <c>u</c> of the event before.</param>
/// <param name="bids">Absolute quantities, best first.</param>
/// <param name="asks">Absolute quantities, best first.</param>
public readonly ref struct DepthDelta(
    long eventMs, long transactionMs, long firstId, long lastId, long previousLastId,
    ReadOnlySpan<DepthLevel> bids, ReadOnlySpan<DepthLevel> asks)
{
    public long EventMs { get; } = eventMs;

    public long TransactionMs { get; } = transactionMs;

    public long FirstId { get; } = firstId;

    public long LastId { get; } = lastId;

    public long PreviousLastId { get; } = previousLastId;

    public ReadOnlySpan<DepthLevel> Bids { get; } = bids;

    public ReadOnlySpan<DepthLevel> Asks { get; } = asks;
}

using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>An order book at one moment (<c>GET /fapi/v1/depth</c>).</summary>
/// <param name="Symbol">Whose.</param>
/// <param name="LastUpdateId">Updates up to this id are in it.</param>
/// <param name="EventMs">Market time of the answer, UTC, Unix milliseconds.</param>
/// <param name="TransactionMs">Market time of the book, UTC, Unix milliseconds.</param>
/// <param name="Bids">The highest price first.</param>
/// <param name="Asks">The lowest price first.</param>
public sealed record DepthSnapshot(
    Symbol Symbol, long LastUpdateId, long EventMs, long TransactionMs, BookLevel[] Bids, BookLevel[] Asks);

using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>A fill in short.</summary>
/// <param name="Symbol">Of what (<c>s</c>).</param>
/// <param name="OrderId">The exchange's (<c>i</c>).</param>
/// <param name="ClientId">Ours (<c>c</c>).</param>
/// <param name="TradeId">The exchange's (<c>t</c>).</param>
/// <param name="Side">Buy or sell (<c>S</c>).</param>
/// <param name="Price">Of this fill, quote units (<c>L</c>).</param>
/// <param name="Quantity">Of this fill, base units (<c>l</c>).</param>
/// <param name="IsMaker">Null when not sent (<c>m</c>).</param>
public sealed record TradeUpdate(
    Symbol Symbol, long OrderId, string ClientId, long TradeId, OrderSide Side, decimal Price, decimal Quantity, bool? IsMaker);

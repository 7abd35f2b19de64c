using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ports;

/// <summary>A contract as the exchange lists it.</summary>
/// <param name="Symbol">Its name.</param>
/// <param name="Rules">Its filters.</param>
/// <param name="ContractType"><c>PERPETUAL</c>, <c>TRADIFI_PERPETUAL</c>, <c>CURRENT_QUARTER</c> …, as sent.</param>
/// <param name="UnderlyingType"><c>COIN</c>, <c>INDEX</c>, <c>EQUITY</c> …, as sent.</param>
/// <param name="Status"><c>TRADING</c>, <c>SETTLING</c>, <c>PENDING_TRADING</c> …, as sent.</param>
/// <param name="BaseAsset">Such as <c>BTC</c>.</param>
/// <param name="QuoteAsset">Such as <c>USDT</c>.</param>
/// <param name="OnboardMs">First trading, UTC, Unix milliseconds; 0 when not sent.</param>
public sealed record ExchangeSymbol(
    Symbol Symbol, SymbolRules Rules, string ContractType, string UnderlyingType, string Status,
    string BaseAsset, string QuoteAsset, long OnboardMs);

using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>The account's fees on a symbol, fractions of the quote value.</summary>
public readonly record struct FeeRates(Symbol Symbol, decimal Maker, decimal Taker);

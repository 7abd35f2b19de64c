using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>What the exchange lists, as far as it can be read.</summary>
/// <param name="Symbols">Every contract whose filters can be used.</param>
/// <param name="LeftOut">The others, each with the reason.</param>
/// <param name="Limits">Its limits.</param>
public sealed record ExchangeInfo(
    IReadOnlyList<ExchangeSymbol> Symbols, IReadOnlyList<string> LeftOut, IReadOnlyList<ListedLimit> Limits);

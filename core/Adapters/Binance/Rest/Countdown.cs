using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>The dead man's switch of a symbol.</summary>
/// <param name="Symbol">Which.</param>
/// <param name="Time">Until its regular orders are cancelled; zero when it is off.</param>
public readonly record struct Countdown(Symbol Symbol, TimeSpan Time);

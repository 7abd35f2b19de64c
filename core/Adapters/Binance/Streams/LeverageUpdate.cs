using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>A symbol's leverage after a change.</summary>
public sealed record LeverageUpdate(Symbol Symbol, int Leverage);

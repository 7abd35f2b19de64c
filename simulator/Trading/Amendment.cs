namespace FuturesBot.Simulator.Trading;

/// <summary>A change of a resting order.</summary>
internal sealed record Amendment(
    long Id, Order Order, long TimeMs, decimal PriceBefore, decimal PriceAfter,
    decimal QuantityBefore, decimal QuantityAfter, int Count);

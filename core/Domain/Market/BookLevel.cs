namespace FuturesBot.Domain.Market;

/// <summary>One price level of an order book, as snapshots and updates state it.</summary>
/// <param name="Price">Units of 10⁻⁸ quote (<see cref="FixedPoint"/>).</param>
/// <param name="Quantity">Units of 10⁻⁸ base; absolute, and 0 removes the level.</param>
public readonly record struct BookLevel(long Price, long Quantity);

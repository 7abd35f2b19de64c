namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Which position an order is of: <see cref="Both"/> in one-way mode, the others in hedge mode.</summary>
public enum PositionSide
{
    Both,
    Long,
    Short,
}

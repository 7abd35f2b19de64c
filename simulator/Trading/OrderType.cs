namespace FuturesBot.Simulator.Trading;

/// <summary>
/// Types of orders; from <see cref="Stop"/> on they are conditional and belong to the algo service.
/// </summary>
internal enum OrderType
{
    Limit,
    Market,
    Stop,
    StopMarket,
    TakeProfit,
    TakeProfitMarket,
    TrailingStopMarket,
}

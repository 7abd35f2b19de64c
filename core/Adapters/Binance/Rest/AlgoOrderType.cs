namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Conditional orders, since December 2025 of the algo endpoint only.</summary>
public enum AlgoOrderType
{
    Stop,
    StopMarket,
    TakeProfit,
    TakeProfitMarket,
    TrailingStopMarket,
}

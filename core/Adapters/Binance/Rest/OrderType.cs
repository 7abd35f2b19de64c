namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Kinds that the order endpoint takes; conditional ones belong to the algo endpoint.</summary>
public enum OrderType
{
    Limit,
    Market,
}

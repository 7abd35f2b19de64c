namespace FuturesBot.Adapters.Binance.Rest;

public enum OrderStatus
{
    New,
    PartiallyFilled,
    Filled,
    Canceled,
    Rejected,
    Expired,

    /// <summary>Cancelled because it would have traded with the same account.</summary>
    ExpiredInMatch,

    /// <summary>One that this version does not know.</summary>
    Other,
}

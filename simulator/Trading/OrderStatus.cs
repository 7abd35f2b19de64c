namespace FuturesBot.Simulator.Trading;

/// <summary>Where an order stands.</summary>
internal enum OrderStatus
{
    New,
    PartiallyFilled,
    Filled,
    Canceled,
    Expired,

    /// <summary>Ended so that the account does not trade with itself.</summary>
    ExpiredInMatch,
}

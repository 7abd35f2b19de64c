namespace FuturesBot.Adapters.Binance.Rest;

public enum AlgoOrderStatus
{
    /// <summary>Waits for its trigger.</summary>
    New,

    /// <summary>Triggered and on its way to the matching engine.</summary>
    Triggering,

    /// <summary>An order of the matching engine by now.</summary>
    Triggered,

    /// <summary>That order is filled or cancelled.</summary>
    Finished,

    Canceled,

    /// <summary>Refused by the matching engine, for instance for want of margin.</summary>
    Rejected,

    /// <summary>Cancelled by the exchange, for instance because the position ended.</summary>
    Expired,

    /// <summary>One that this version does not know.</summary>
    Other,
}

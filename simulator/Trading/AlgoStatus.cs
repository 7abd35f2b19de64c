namespace FuturesBot.Simulator.Trading;

/// <summary>Where a conditional order stands.</summary>
internal enum AlgoStatus
{
    /// <summary>Waits for its price.</summary>
    New,

    /// <summary>
    /// Its price was reached; it is on its way to the matching engine and can no longer be cancelled.
    /// </summary>
    Triggering,

    /// <summary>The matching engine has an order of it, under a new id.</summary>
    Triggered,

    /// <summary>That order is filled, cancelled or expired.</summary>
    Finished,
    Canceled,

    /// <summary>The matching engine refused it.</summary>
    Rejected,

    /// <summary>Ended by the exchange before its price was reached.</summary>
    Expired,
}

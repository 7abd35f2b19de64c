namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>What to do about an error (spec 3.8).</summary>
public enum ErrorAdvice
{
    /// <summary>Nothing helps but changing the request: a fault of this program, so an alarm.</summary>
    Alarm,

    /// <summary>Try later, more slowly each time.</summary>
    BackOff,

    /// <summary>Wait until the limit or the ban ends.</summary>
    WaitForLimit,

    /// <summary>Read the exchange's clock and try once more.</summary>
    ReadClock,

    /// <summary>Ask what became of the order.</summary>
    QueryOrder,

    /// <summary>Wait half a second, then ask what became of the order.</summary>
    WaitThenQuery,

    /// <summary>Look whether it was filled before believing that it is gone.</summary>
    CheckFills,

    /// <summary>A person has to mend keys, permissions or place; nothing is traded until then.</summary>
    Halt,

    /// <summary>Get a new listen key and build the socket anew.</summary>
    RenewListenKey,

    /// <summary>Give this signal up.</summary>
    GiveUpSignal,

    /// <summary>The position is past its stop already: close it with a reduce-only market order.</summary>
    CloseNow,

    /// <summary>Position and resting orders are not what they were thought to be: read them, then decide.</summary>
    Reconcile,

    /// <summary>Change the price, or let it be.</summary>
    Reprice,

    /// <summary>No entries on this symbol or account; exits are allowed.</summary>
    StopEntries,

    /// <summary>It was so already: done.</summary>
    TakeAsDone,
}

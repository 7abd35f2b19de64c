namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>How long an order stands.</summary>
public enum TimeInForce
{
    /// <summary>Until it is cancelled, a year at most.</summary>
    Gtc,

    /// <summary>What is not filled at once is cancelled.</summary>
    Ioc,

    /// <summary>All at once or nothing.</summary>
    Fok,

    /// <summary>Post-only: refused when it would be filled at once.</summary>
    Gtx,

    /// <summary>Until a moment.</summary>
    Gtd,

    /// <summary>Until it is cancelled or the position ends.</summary>
    GteGtc,
}

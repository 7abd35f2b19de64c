namespace FuturesBot.Simulator.Trading;

/// <summary>How long an order lives.</summary>
internal enum TimeInForce
{
    /// <summary>Until cancelled.</summary>
    Gtc,

    /// <summary>What fills at once; the rest expires.</summary>
    Ioc,

    /// <summary>All at once, or it is refused.</summary>
    Fok,

    /// <summary>Post-only: refused when it would take.</summary>
    Gtx,

    /// <summary>Until a date.</summary>
    Gtd,

    /// <summary>Until cancelled, and no longer than the position (conditional orders only).</summary>
    GteGtc,
}

namespace FuturesBot.Domain.Signals;

/// <summary>How a position, or a part of it, ended (spec 2.11).</summary>
public enum CloseReason
{
    /// <summary>First target.</summary>
    Tp1,

    /// <summary>Second target.</summary>
    Tp2,

    /// <summary>The runner's trailing stop.</summary>
    Trail,

    /// <summary>The break-even stop.</summary>
    Be,

    /// <summary>The initial stop.</summary>
    Sl,

    /// <summary>Time stop.</summary>
    Time,

    /// <summary>Closed by hand.</summary>
    Manual,

    /// <summary>Kill switch.</summary>
    Kill,

    /// <summary>Liquidated by the exchange.</summary>
    Liq,

    /// <summary>Closed by the exchange's auto-deleveraging.</summary>
    Adl,

    /// <summary>The contract was settled.</summary>
    Settle,
}

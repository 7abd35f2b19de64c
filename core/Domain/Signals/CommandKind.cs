namespace FuturesBot.Domain.Signals;

/// <summary>What a host may order from outside the price path.</summary>
public enum CommandKind
{
    /// <summary>Withdraw the pending entry; an open position stays.</summary>
    CancelEntry,

    /// <summary>Close by hand.</summary>
    Close,

    /// <summary>Kill switch: withdraw or close.</summary>
    Kill,

    /// <summary>The contract settles at the given price: no slippage.</summary>
    Settle,

    /// <summary>The exchange has liquidated the position at the given price.</summary>
    Liquidate,

    /// <summary>The exchange has deleveraged the position at the given price.</summary>
    Deleverage,
}

namespace FuturesBot.Domain.Signals;

/// <summary>Why a pending entry was withdrawn.</summary>
public enum CancelReason
{
    /// <summary>Its bars have passed.</summary>
    Expiry,

    /// <summary>By hand.</summary>
    Manual,

    /// <summary>Kill switch.</summary>
    Kill,

    /// <summary>The contract is being settled.</summary>
    Settle,

    /// <summary>A gap of more than 12 bars: the symbol restarts (spec 2.17).</summary>
    Gap,

    /// <summary>By the exchange.</summary>
    Exchange,
}

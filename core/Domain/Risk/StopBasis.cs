namespace FuturesBot.Domain.Risk;

/// <summary>What a stop stands on.</summary>
public enum StopBasis
{
    /// <summary>The strategy's own anchor.</summary>
    Anchor,

    /// <summary>The far edge of a support or resistance zone.</summary>
    Zone,

    /// <summary>The last confirmed swing.</summary>
    Swing,

    /// <summary>A distance in ATR, for want of all else.</summary>
    Atr,
}

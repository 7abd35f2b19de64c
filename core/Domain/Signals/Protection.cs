namespace FuturesBot.Domain.Signals;

/// <summary>State of the protective stop on the exchange (spec 2.11).</summary>
public enum Protection
{
    /// <summary>Nothing is at risk there: signals mode, backtest, no position yet.</summary>
    NotNeeded,

    /// <summary>A position without a stop: alarm; protected within 5 s or flattened.</summary>
    Missing,

    /// <summary>The stop rests on the exchange.</summary>
    Live,

    /// <summary>It is being replaced.</summary>
    Moving,
}

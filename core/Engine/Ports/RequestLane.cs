namespace FuturesBot.Engine.Ports;

/// <summary>Who goes first when the exchange's request weight is short; the upper lanes have a reserve of their own.</summary>
public enum RequestLane
{
    /// <summary>Stops and closing a position.</summary>
    Protective,

    /// <summary>Finding out what the exchange has: orders, positions, the account.</summary>
    Reconcile,

    /// <summary>Opening a position.</summary>
    Entry,

    /// <summary>The market now: symbols, tickers, order-book snapshots, candles that have just closed.</summary>
    MarketData,

    /// <summary>The market before: warm-up, gaps, checks.</summary>
    History,
}

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// The three paths of the stream server, since April 2026. A stream that is subscribed on the wrong one is acknowledged
/// and stays silent.
/// </summary>
public enum StreamRoute
{
    /// <summary>Order books: <c>/public</c>.</summary>
    Public,

    /// <summary>Trades, candles and prices: <c>/market</c>.</summary>
    Market,

    /// <summary>The account's own events: <c>/private</c>.</summary>
    Private,
}

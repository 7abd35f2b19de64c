namespace FuturesBot.Simulator.Wire;

/// <summary>The ways into the stream server. A stream sent to a connection of another route is acknowledged and stays silent.</summary>
[Flags]
public enum StreamRoute
{
    /// <summary><c>/ws</c> and <c>/stream</c>: they connect and acknowledge, and since 2026-04-23 send nothing.</summary>
    Legacy = 0,

    /// <summary>Books.</summary>
    Public = 1,

    /// <summary>Trades, candles, mark prices, tickers.</summary>
    Market = 2,

    /// <summary>Events of accounts.</summary>
    Private = 4,

    All = Public | Market | Private,

    /// <summary>The WebSocket API: it answers requests and has no streams.</summary>
    Api = 8,
}

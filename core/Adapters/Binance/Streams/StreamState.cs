namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>Where a connection stands.</summary>
public enum StreamState
{
    /// <summary>Waits before the next attempt.</summary>
    Waiting,

    /// <summary>Opens the socket.</summary>
    Connecting,

    /// <summary>Open; not everything is acknowledged, or no data have come.</summary>
    Subscribing,

    /// <summary>Data have come.</summary>
    Live,

    /// <summary>Data come, and a second connection is being made ready to take over.</summary>
    Renewing,

    /// <summary>Ended by us.</summary>
    Stopped,
}

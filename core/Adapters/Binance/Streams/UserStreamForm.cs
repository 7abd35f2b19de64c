namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>The two ways to the account's events.</summary>
public enum UserStreamForm
{
    /// <summary><c>/private/stream</c> and a SUBSCRIBE with the listen key, which then stands in no address.</summary>
    Subscribe,

    /// <summary><c>/private/ws/LISTENKEY</c>.</summary>
    Address,
}

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// Takes what one line receives. <see cref="Receive"/> and <see cref="Lost"/> are called one after the other, never at
/// once; <see cref="Subscribed"/> may come while a message is being received.
/// </summary>
internal interface IStreamReceiver
{
    /// <summary>
    /// A whole message. After a renewal some that came before come once more, in order; none is left out.
    /// </summary>
    /// <returns>
    /// Market time of its event, Unix milliseconds; 0 when it is known but has none; −1 when it could not be read.
    /// </returns>
    long Receive(ReadOnlySpan<byte> message);

    /// <summary>These are acknowledged: their data come from now on at the latest.</summary>
    void Subscribed(IReadOnlyCollection<string> streams);

    /// <summary>The data of these are missing from now on, until they are subscribed again.</summary>
    void Lost(IReadOnlyCollection<string> streams);

    /// <summary>The exchange does not know this stream.</summary>
    void Refused(string stream);
}

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// Reads the messages of USDT-M streams, combined (<c>{"stream":…,"data":…}</c>) or raw, straight from their bytes.
/// One decoder belongs to one connection: it is not for several threads at a time.
/// </summary>
/// <param name="symbols">The symbols that we follow; may grow while the decoder is at work.</param>
public sealed class StreamDecoder(SymbolTable symbols)
{
    public SymbolTable Symbols => symbols;

    public StreamCounters Counters { get; } = new();

    /// <summary>Reads one whole message and passes on what it holds. Never throws because of a message.</summary>
    public void Decode(ReadOnlySpan<byte> message, IMarketEvents into) =>
        throw new NotSupportedException("Only the shapes are here yet");
}

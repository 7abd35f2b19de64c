namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>Takes a message; its bytes are valid during the call.</summary>
internal delegate void MessageTaker(ReadOnlySpan<byte> message);

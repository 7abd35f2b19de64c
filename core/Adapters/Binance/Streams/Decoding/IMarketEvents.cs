namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// Who receives what a <see cref="StreamDecoder"/> reads. Everything arrives on the thread that called
/// <see cref="StreamDecoder.Decode"/>, and a message leads to exactly one of these calls or to a count in
/// <see cref="StreamCounters"/>. Each event of an array counts as a message of its own.
/// Spans and the depth update are valid during the call alone.
/// </summary>
public interface IMarketEvents
{
    /// <param name="update">The same instance every time; whoever keeps it keeps a <see cref="DepthUpdate.Copy"/>.</param>
    void OnDepth(DepthUpdate update);

    void OnAggTrade(in AggTrade trade);

    void OnKline(in KlineUpdate kline);

    void OnBookTicker(in BookTicker ticker);

    void OnMarkPrice(in MarkPriceUpdate mark);

    /// <summary>The answer to a request of ours on this connection, such as <c>SUBSCRIBE</c>.</summary>
    /// <param name="answer">Its id and whether the exchange accepted.</param>
    /// <param name="message">The whole answer, UTF-8 JSON.</param>
    void OnAnswer(in StreamAnswer answer, ReadOnlySpan<byte> message);

    /// <summary>An event that is not decoded here: the private ones, and whatever the exchange may add.</summary>
    /// <param name="kind"><see cref="StreamEventKind.Unknown"/> when the exchange's name for it is new.</param>
    /// <param name="data">The event's own object, without the envelope; valid UTF-8 JSON.</param>
    void OnOther(StreamEventKind kind, ReadOnlySpan<byte> data);

    /// <summary>The message was refused, and nothing of it was passed on.</summary>
    /// <param name="fault">Why; the first reason in the order of the text.</param>
    /// <param name="message">The message as it came, which may be anything.</param>
    void OnFault(StreamFault fault, ReadOnlySpan<byte> message);
}

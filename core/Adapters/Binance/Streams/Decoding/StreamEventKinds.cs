namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>The exchange's names of events.</summary>
internal static class StreamEventKinds
{
    public static StreamEventKind Of(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("depthUpdate"u8)) return StreamEventKind.Depth;
        if (name.SequenceEqual("aggTrade"u8)) return StreamEventKind.AggTrade;
        if (name.SequenceEqual("kline"u8)) return StreamEventKind.Kline;
        if (name.SequenceEqual("bookTicker"u8)) return StreamEventKind.BookTicker;
        if (name.SequenceEqual("markPriceUpdate"u8)) return StreamEventKind.MarkPrice;
        if (name.SequenceEqual("trade"u8)) return StreamEventKind.Trade;
        if (name.SequenceEqual("forceOrder"u8)) return StreamEventKind.ForceOrder;
        if (name.SequenceEqual("ORDER_TRADE_UPDATE"u8)) return StreamEventKind.OrderTradeUpdate;
        if (name.SequenceEqual("TRADE_LITE"u8)) return StreamEventKind.TradeLite;
        if (name.SequenceEqual("ACCOUNT_UPDATE"u8)) return StreamEventKind.AccountUpdate;
        if (name.SequenceEqual("ACCOUNT_CONFIG_UPDATE"u8)) return StreamEventKind.AccountConfigUpdate;
        if (name.SequenceEqual("ALGO_UPDATE"u8)) return StreamEventKind.AlgoUpdate;
        if (name.SequenceEqual("CONDITIONAL_ORDER_TRIGGER_REJECT"u8))
            return StreamEventKind.ConditionalOrderTriggerReject;
        if (name.SequenceEqual("MARGIN_CALL"u8)) return StreamEventKind.MarginCall;
        if (name.SequenceEqual("listenKeyExpired"u8)) return StreamEventKind.ListenKeyExpired;
        return StreamEventKind.Unknown;
    }

    /// <summary>True for the kinds that are decoded into numbers.</summary>
    public static bool IsDecoded(this StreamEventKind kind) =>
        kind is StreamEventKind.Depth or StreamEventKind.AggTrade or StreamEventKind.Kline
            or StreamEventKind.BookTicker or StreamEventKind.MarkPrice;

    /// <summary>
    /// A depth event says nothing of its stream, and only <c>@depth</c> and <c>@depth@100ms</c> tell every change:
    /// <c>@depth20</c> tells the best levels, <c>@rpiDepth</c> counts other orders.
    /// </summary>
    /// <param name="stream">Empty on a connection that does not name its streams.</param>
    public static bool TellsEveryChange(ReadOnlySpan<byte> stream)
    {
        var at = stream.IndexOf((byte)'@');
        if (at < 0) return true;
        var rest = stream[(at + 1)..];
        return rest.StartsWith("depth"u8) && (rest.Length == "depth"u8.Length || rest["depth"u8.Length] == '@');
    }
}

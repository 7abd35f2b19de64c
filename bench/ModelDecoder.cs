using System.Text.Json;
using System.Text.Json.Serialization;

namespace FuturesBot.Bench;

/// <summary>The usual way: the library binds each message to a model with decimals.</summary>
internal static class ModelDecoder
{
    private static readonly JsonSerializerOptions Options =
        new() { NumberHandling = JsonNumberHandling.AllowReadingFromString };

    public static T Decode<T>(ReadOnlySpan<byte> message) =>
        JsonSerializer.Deserialize<Message<T>>(message, Options)!.Data;

    internal sealed record Message<T>(
        [property: JsonPropertyName("stream")] string Stream, [property: JsonPropertyName("data")] T Data);

    internal sealed record Depth(
        [property: JsonPropertyName("e")] string Event, [property: JsonPropertyName("E")] long EventMs,
        [property: JsonPropertyName("T")] long TransactionMs, [property: JsonPropertyName("s")] string Symbol,
        [property: JsonPropertyName("U")] long FirstId, [property: JsonPropertyName("u")] long LastId,
        [property: JsonPropertyName("pu")] long PreviousId,
        [property: JsonPropertyName("b")] decimal[][] Bids, [property: JsonPropertyName("a")] decimal[][] Asks);

    internal sealed record AggTrade(
        [property: JsonPropertyName("e")] string Event, [property: JsonPropertyName("E")] long EventMs,
        [property: JsonPropertyName("T")] long TradeMs, [property: JsonPropertyName("s")] string Symbol,
        [property: JsonPropertyName("a")] long Id, [property: JsonPropertyName("f")] long FirstTradeId,
        [property: JsonPropertyName("l")] long LastTradeId, [property: JsonPropertyName("p")] decimal Price,
        [property: JsonPropertyName("q")] decimal Quantity, [property: JsonPropertyName("m")] bool BuyerIsMaker);

    internal sealed record Kline(
        [property: JsonPropertyName("e")] string Event, [property: JsonPropertyName("E")] long EventMs,
        [property: JsonPropertyName("s")] string Symbol, [property: JsonPropertyName("k")] KlineCandle Candle);

    internal sealed record KlineCandle(
        [property: JsonPropertyName("t")] long OpenMs, [property: JsonPropertyName("T")] long LastMs,
        [property: JsonPropertyName("s")] string Symbol, [property: JsonPropertyName("i")] string Interval,
        [property: JsonPropertyName("f")] long FirstTradeId, [property: JsonPropertyName("L")] long LastTradeId,
        [property: JsonPropertyName("o")] decimal Open, [property: JsonPropertyName("c")] decimal Close,
        [property: JsonPropertyName("h")] decimal High, [property: JsonPropertyName("l")] decimal Low,
        [property: JsonPropertyName("v")] decimal Volume, [property: JsonPropertyName("n")] long Trades,
        [property: JsonPropertyName("x")] bool IsClosed, [property: JsonPropertyName("q")] decimal QuoteVolume,
        [property: JsonPropertyName("V")] decimal TakerBuyVolume,
        [property: JsonPropertyName("Q")] decimal TakerBuyQuoteVolume);

    internal sealed record BookTicker(
        [property: JsonPropertyName("e")] string Event, [property: JsonPropertyName("u")] long UpdateId,
        [property: JsonPropertyName("s")] string Symbol, [property: JsonPropertyName("b")] decimal Bid,
        [property: JsonPropertyName("B")] decimal BidQuantity, [property: JsonPropertyName("a")] decimal Ask,
        [property: JsonPropertyName("A")] decimal AskQuantity, [property: JsonPropertyName("T")] long TransactionMs,
        [property: JsonPropertyName("E")] long EventMs);

    internal sealed record MarkPrice(
        [property: JsonPropertyName("e")] string Event, [property: JsonPropertyName("E")] long EventMs,
        [property: JsonPropertyName("s")] string Symbol, [property: JsonPropertyName("p")] decimal Mark,
        [property: JsonPropertyName("P")] decimal Settle, [property: JsonPropertyName("i")] decimal Index,
        [property: JsonPropertyName("r")] decimal Rate, [property: JsonPropertyName("T")] long NextFundingMs);
}

using System.Text;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Tests.Binance.Decoding;

/// <summary>Writes down all that a decoder says, a line each, numbers in full.</summary>
internal sealed class RecordedEvents : IMarketEvents
{
    public const string Refused = "refused";
    public const string LeftOut = "left out";

    public List<string> Lines { get; } = [];

    public List<StreamFault> Faults { get; } = [];

    /// <summary>Decodes one message and returns what came of it; what was left out stands at the end.</summary>
    public static List<string> Of(StreamDecoder decoder, ReadOnlySpan<byte> message)
    {
        var before = decoder.Counters.OtherMarket + decoder.Counters.OtherInterval;
        var events = new RecordedEvents();
        decoder.Decode(message, events);
        var left = decoder.Counters.OtherMarket + decoder.Counters.OtherInterval - before;
        for (; left > 0; left--) events.Lines.Add(LeftOut);
        return events.Lines;
    }

    public static string Text(DepthUpdate update)
    {
        var text = new StringBuilder("depth ");
        text.Append($"{update.SymbolIndex} {update.EventMs} {update.TransactionMs} ");
        text.Append($"{update.FirstId} {update.LastId} {update.PreviousId} bids");
        foreach (var (price, quantity) in update.Bids) text.Append($" {price}:{quantity}");
        text.Append(" asks");
        foreach (var (price, quantity) in update.Asks) text.Append($" {price}:{quantity}");
        return text.ToString();
    }

    public static string Text(StreamEventKind kind, ReadOnlySpan<byte> data) =>
        $"other {kind} {Encoding.Latin1.GetString(data)}";

    public void OnDepth(DepthUpdate update) => Lines.Add(Text(update));

    public void OnAggTrade(in AggTrade trade) => Lines.Add(trade.ToString());

    public void OnKline(in KlineUpdate kline) => Lines.Add(kline.ToString());

    public void OnBookTicker(in BookTicker ticker) => Lines.Add(ticker.ToString());

    public void OnMarkPrice(in MarkPriceUpdate mark) => Lines.Add(mark.ToString());

    public void OnAnswer(in StreamAnswer answer, ReadOnlySpan<byte> message) => Lines.Add(answer.ToString());

    public void OnOther(StreamEventKind kind, ReadOnlySpan<byte> data) => Lines.Add(Text(kind, data));

    public void OnFault(StreamFault fault, ReadOnlySpan<byte> message)
    {
        Faults.Add(fault);
        Lines.Add(Refused);
    }
}

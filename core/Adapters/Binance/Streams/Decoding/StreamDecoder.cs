using System.Text.Json;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// Reads the messages of USDT-M streams, combined (<c>{"stream":…,"data":…}</c>) or raw, straight from their bytes.
/// One decoder belongs to one connection: it is not for several threads at a time.
/// </summary>
/// <remarks>
/// The form that the exchange sends today is read in one pass without an allocation, and every byte of it is checked.
/// Any other message is read again from its beginning as JSON of any form, and leads to the same event where it says
/// the same. What is neither is refused as a whole: no event is passed on that is not exactly what was sent.
/// </remarks>
/// <param name="symbols">The symbols that we follow; may grow while the decoder is at work.</param>
public sealed class StreamDecoder(SymbolTable symbols)
{
    /// <summary><c>st</c> of USDT-M; since June 2026 the same streams carry COIN-M (2) too.</summary>
    internal const long UsdtMarket = 1;

    private readonly DepthUpdate _depth = new();

    public SymbolTable Symbols => symbols;

    public StreamCounters Counters { get; } = new();

    /// <summary>Reads one whole message and passes on what it holds. Never throws because of a message.</summary>
    public void Decode(ReadOnlySpan<byte> message, IMarketEvents into)
    {
        if (!TryDecodeFast(message, into)) DecodeAny(message, into);
    }

    private bool TryDecodeFast(ReadOnlySpan<byte> message, IMarketEvents into)
    {
        var envelope = new FastScan(message);
        if (!envelope.TrySkip("{\"stream\":"u8)) return TryReadFast(message, stream: default, into);
        return envelope.TryString(out var stream)
            && envelope.TrySkip(",\"data\":"u8)
            && envelope.Rest is [.. var data, (byte)'}']
            && TryReadFast(data, stream, into);
    }

    private bool TryReadFast(ReadOnlySpan<byte> data, ReadOnlySpan<byte> stream, IMarketEvents into)
    {
        var scan = new FastScan(data);
        return scan.TryOpen(out var kind)
            && (kind != StreamEventKind.Depth || StreamEventKinds.TellsEveryChange(stream))
            && TryRead(ref scan, kind, into);
    }

    private void DecodeAny(ReadOnlySpan<byte> message, IMarketEvents into)
    {
        if (StreamEnvelope.TryOpen(message, out var envelope) is { } fault)
        {
            Refuse(StreamEventKind.Unknown, fault, message, into);
        }
        else if (envelope.Answer is { } answer)
        {
            Counters.CountAnswer();
            into.OnAnswer(answer, message);
        }
        else if (envelope.IsArray)
        {
            DecodeEach(envelope.Data, into);
        }
        else
        {
            DecodeEvent(envelope.Data, envelope.TellsEveryChange, message, into);
        }
    }

    /// <summary>Each event of an array is a message of its own: one that is wrong does not take the others along.</summary>
    private void DecodeEach(ReadOnlySpan<byte> events, IMarketEvents into)
    {
        var reader = new Utf8JsonReader(events);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var data = events[start..(int)reader.BytesConsumed];
            if (!TryReadFast(data, stream: default, into)) DecodeEvent(data, tellsEveryChange: true, data, into);
        }
    }

    private void DecodeEvent(
        ReadOnlySpan<byte> data, bool tellsEveryChange, ReadOnlySpan<byte> message, IMarketEvents into)
    {
        var fault = EventHead.TryRead(data, out var head);
        if (fault is not null)
        {
            Refuse(head.Kind, fault.Value, message, into);
        }
        else if (!head.Kind.IsDecoded() || (head.Kind == StreamEventKind.Depth && !tellsEveryChange))
        {
            var kind = head.Kind.IsDecoded() ? StreamEventKind.OtherDepth : head.Kind;
            Counters.CountSlow(kind);
            into.OnOther(kind, data);
        }
        else if (head.IsOfOtherMarket)
        {
            Counters.CountOtherMarket();
        }
        else
        {
            var scan = new SlowScan(data);
            if (!TryRead(ref scan, head.Kind, into))
                Refuse(head.Kind, scan.Fault.GetValueOrDefault(), message, into);
        }
    }

    private void Refuse(StreamEventKind kind, StreamFault fault, ReadOnlySpan<byte> message, IMarketEvents into)
    {
        Counters.CountFault(kind, fault);
        into.OnFault(fault, message);
    }

    /// <summary>True when the event was read, and passed on or left out.</summary>
    private bool TryRead<TScan>(ref TScan scan, StreamEventKind kind, IMarketEvents into)
        where TScan : struct, IFieldScan, allows ref struct
    {
        switch (kind)
        {
            case StreamEventKind.Depth:
                if (!DepthFields.TryRead(ref scan, symbols, _depth)) return false;
                if (IsOurs(ref scan, kind)) into.OnDepth(_depth);
                return true;

            case StreamEventKind.AggTrade:
                if (!AggTradeFields.TryRead(ref scan, symbols, out var trade)) return false;
                if (IsOurs(ref scan, kind)) into.OnAggTrade(trade);
                return true;

            case StreamEventKind.Kline:
                if (!KlineFields.TryRead(ref scan, symbols, out var kline, out var isOurLength)) return false;
                if (!isOurLength) Counters.CountOtherInterval();
                else if (IsOurs(ref scan, kind)) into.OnKline(kline);
                return true;

            case StreamEventKind.BookTicker:
                if (!BookTickerFields.TryRead(ref scan, symbols, out var ticker)) return false;
                if (IsOurs(ref scan, kind)) into.OnBookTicker(ticker);
                return true;

            case StreamEventKind.MarkPrice:
                if (!MarkPriceFields.TryRead(ref scan, symbols, out var mark)) return false;
                if (IsOurs(ref scan, kind)) into.OnMarkPrice(mark);
                return true;

            default:
                return false;
        }
    }

    /// <summary>Counts the event, and says whether it is to be passed on.</summary>
    private bool IsOurs<TScan>(ref TScan scan, StreamEventKind kind)
        where TScan : struct, IFieldScan, allows ref struct
    {
        if (scan.IsOfOtherMarket)
        {
            Counters.CountOtherMarket();
            return false;
        }

        if (scan.IsFast) Counters.CountFast(kind);
        else Counters.CountSlow(kind);
        return true;
    }
}

using System.Text.Json;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>What has to be known of an event before its fields are read: its kind, and its market.</summary>
internal struct EventHead
{
    private const int NameMax = 192;   // the longest name has 32 letters, and each may be written as \uXXXX

    private int _names;
    private int _markets;
    private StreamFault? _marketFault;

    public StreamEventKind Kind { get; private set; }

    /// <summary>The event says that it belongs to another market than ours.</summary>
    public bool IsOfOtherMarket { get; private set; }

    /// <summary>Null when the event can be read.</summary>
    /// <param name="data">Valid JSON.</param>
    /// <param name="head">What was found.</param>
    public static StreamFault? TryRead(ReadOnlySpan<byte> data, out EventHead head)
    {
        head = default;
        var reader = new Utf8JsonReader(data);
        reader.Read();
        return reader.TokenType == JsonTokenType.StartObject ? head.Read(ref reader) : StreamFault.NotAnEvent;
    }

    private StreamFault? Read(scoped ref Utf8JsonReader reader)
    {
        Span<byte> buffer = stackalloc byte[NameMax];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = buffer[..Math.Max(0, JsonTexts.Copy(ref reader, buffer))];
            var isName = field.SequenceEqual("e"u8);
            var isMarket = field.SequenceEqual("st"u8);
            reader.Read();
            if (isName) ReadName(ref reader, buffer);
            if (isMarket) ReadMarket(ref reader, buffer);
            reader.Skip();
        }

        if (_names == 0) return StreamFault.NotAnEvent;
        if (_names > 1) return StreamFault.Duplicate;
        if (!Kind.IsDecoded()) return null;   // handed on as it is, whatever its market
        return _markets > 1 ? StreamFault.Duplicate : _marketFault;
    }

    private void ReadName(scoped ref Utf8JsonReader reader, scoped Span<byte> buffer)
    {
        if (reader.TokenType != JsonTokenType.String) return;
        _names++;
        var length = JsonTexts.Copy(ref reader, buffer);
        if (length > 0) Kind = StreamEventKinds.Of(buffer[..length]);
    }

    private void ReadMarket(scoped ref Utf8JsonReader reader, scoped Span<byte> buffer)
    {
        if (reader.TokenType == JsonTokenType.Null) return;
        _markets++;
        var market = 0L;
        var isNumber = AnyDecimal.TryRead(ref reader, buffer, out _, out var number)
            && number.Scale(0, out market) is null;
        if (!isNumber) _marketFault = StreamFault.WrongType;
        IsOfOtherMarket = isNumber && market != StreamDecoder.UsdtMarket;
    }
}

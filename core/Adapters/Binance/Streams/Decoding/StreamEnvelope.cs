using System.Text.Json;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>What a message is, found by reading all of it as JSON; the numbers of an event are not looked at.</summary>
internal ref struct StreamEnvelope
{
    private const int NameMax = 40;       // `stream` and `result`, each letter written as \uXXXX
    private const int StreamMax = 1_024;   // a symbol of 30 letters and the rest, written so too

    private ReadOnlySpan<byte> _data;
    private JsonTokenType _dataType;
    private bool _hasName;
    private bool _hasData;
    private bool _hasResult;
    private bool _hasError;
    private long? _id;
    private int? _errorCode;
    private bool _isDoubled;

    /// <summary>The stream tells every change of a book, as far as its name says.</summary>
    public bool TellsEveryChange { get; private set; }

    /// <summary>One event or an array of them, without the envelope; empty for an answer.</summary>
    public ReadOnlySpan<byte> Data { get; private set; }

    public bool IsArray { get; private set; }

    /// <summary>Null unless the message answers a request.</summary>
    public StreamAnswer? Answer { get; private set; }

    /// <summary>Null when the message can be used.</summary>
    public static StreamFault? TryOpen(ReadOnlySpan<byte> message, out StreamEnvelope envelope)
    {
        envelope = new() { TellsEveryChange = true };
        try
        {
            return envelope.Read(message);
        }
        catch (JsonException)   // the only way in which the reader says so
        {
            return StreamFault.Malformed;
        }
    }

    private StreamFault? Read(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        reader.Read();
        var root = reader.TokenType;
        var start = (int)reader.TokenStartIndex;
        if (root == JsonTokenType.StartObject) ReadMembers(ref reader, message);
        else reader.Skip();
        var end = (int)reader.BytesConsumed;
        if (reader.Read()) return StreamFault.Malformed;   // throws: nothing may follow

        if (_isDoubled) return StreamFault.Duplicate;
        var isBare = _hasName || root == JsonTokenType.StartArray;
        Data = isBare ? message[start..end] : _data;
        var type = isBare ? root : _dataType;
        IsArray = type == JsonTokenType.StartArray;
        if (IsArray || type == JsonTokenType.StartObject) return null;
        if (_hasData || !(_hasResult || _hasError)) return StreamFault.NotAnEvent;
        Answer = new(_id, !_hasError, _errorCode);
        return null;
    }

    private void ReadMembers(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> message)
    {
        Span<byte> buffer = stackalloc byte[NameMax];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = buffer[..Math.Max(0, JsonTexts.Copy(ref reader, buffer))];
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            ReadMember(name, ref reader);
            reader.Skip();
            if (name.SequenceEqual("data"u8)) _data = message[start..(int)reader.BytesConsumed];
        }
    }

    private void ReadMember(scoped ReadOnlySpan<byte> name, scoped ref Utf8JsonReader reader)
    {
        if (name.SequenceEqual("e"u8))
        {
            _isDoubled |= _hasName;
            _hasName = true;
        }
        else if (name.SequenceEqual("data"u8))
        {
            _isDoubled |= _hasData;
            _hasData = true;
            _dataType = reader.TokenType;
        }
        else if (name.SequenceEqual("stream"u8))
        {
            ReadStream(ref reader);
        }
        else if (name.SequenceEqual("result"u8))
        {
            _hasResult = true;
        }
        else if (name.SequenceEqual("id"u8))
        {
            _id = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var id) ? id : null;
        }
        else if (name.SequenceEqual("error"u8) || name.SequenceEqual("code"u8))
        {
            _hasError = true;
            ReadErrorCode(reader);
        }
    }

    private void ReadStream(scoped ref Utf8JsonReader reader)
    {
        Span<byte> buffer = stackalloc byte[StreamMax];
        var length = reader.TokenType == JsonTokenType.String ? JsonTexts.Copy(ref reader, buffer) : -1;
        if (length >= 0) TellsEveryChange = StreamEventKinds.TellsEveryChange(buffer[..length]);
    }

    /// <summary>Of <c>"code":2</c>, and of <c>"error":{"code":2,"msg":…}</c>.</summary>
    private void ReadErrorCode(Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var code)) _errorCode = code;
        if (reader.TokenType != JsonTokenType.StartObject) return;
        Span<byte> buffer = stackalloc byte[NameMax];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isCode = buffer[..Math.Max(0, JsonTexts.Copy(ref reader, buffer))].SequenceEqual("code"u8);
            reader.Read();
            if (isCode && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out code)) _errorCode = code;
            reader.Skip();
        }
    }
}

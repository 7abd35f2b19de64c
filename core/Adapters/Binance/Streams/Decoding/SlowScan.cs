using System.Globalization;
using System.Text.Json;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// Reads an event in any form that says the same: white space, escapes, fields unknown to us, numbers as texts or
/// texts as numbers, exponents. A <c>null</c> counts as not sent. It works on JSON that has been found valid.
/// </summary>
internal ref struct SlowScan(ReadOnlySpan<byte> text) : IFieldScan
{
    private const int NameMax = 24;    // three letters at most, each may be written as \uXXXX
    private const int TextMax = 256;   // a symbol of 30 letters, each written so

    private Utf8JsonReader _reader = Begin(text);
    private ulong _seen;
    private ulong _seenOutside;
    private bool _ended;

    public readonly bool IsFast => false;

    /// <summary>Such an event is left out before its fields are read.</summary>
    public readonly bool IsOfOtherMarket => false;

    /// <summary>Why the event was refused; the first reason.</summary>
    public StreamFault? Fault { get; private set; }

    public bool TryNext(out Field field)
    {
        field = default;
        Span<byte> buffer = stackalloc byte[NameMax];
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var isKnown = TryName(buffer[..Math.Max(0, JsonTexts.Copy(ref _reader, buffer))], out field);
            _reader.Read();
            if (isKnown && _reader.TokenType != JsonTokenType.Null) return IsNew(field);
            _reader.Skip();
        }

        _ended = true;
        return false;
    }

    public bool TryEnd(ulong required) =>
        Fault is null && ((_ended && (_seen & required) == required) || Refuse(StreamFault.Missing));

    public bool TryEnter()
    {
        if (_reader.TokenType != JsonTokenType.StartObject) return Refuse(StreamFault.WrongType);
        _seenOutside = _seen;
        _seen = 0;
        return true;
    }

    public bool TryLeave(ulong required)
    {
        var holds = TryEnd(required);
        _ended = false;
        _seen = _seenOutside;
        return holds;
    }

    public bool TryPass(Field field)
    {
        _reader.Skip();
        return true;
    }

    public bool TryInteger(out long value) => TryScaled(0, out value) && (value >= 0 || Refuse(StreamFault.Negative));

    public bool TryIntegerOrNone(out long value) =>
        TryScaled(0, out value) && (value >= -1 || Refuse(StreamFault.Negative));

    public bool TryDecimal(out long value) =>
        TryScaled(FixedPoint.Decimals, out value) && (value >= 0 || Refuse(StreamFault.Negative));

    public bool TryOptionalDecimal(out long? value) =>
        TrySignedOrEmpty(out value) && (value is not < 0 || Refuse(StreamFault.Negative));

    public bool TrySignedOrEmpty(out long? value)
    {
        value = null;
        if (_reader.TokenType == JsonTokenType.String && _reader.ValueSpan.IsEmpty) return true;
        var read = TryScaled(FixedPoint.Decimals, out var scaled);
        value = scaled;
        return read;
    }

    public bool TryDouble(out double value)
    {
        value = double.NaN;
        Span<byte> buffer = stackalloc byte[AnyDecimal.LengthMax];
        if (!AnyDecimal.TryRead(ref _reader, buffer, out var length, out var number))
            return Refuse(StreamFault.WrongType);
        if (number.IsNegative) return Refuse(StreamFault.Negative);
        value = Math.Abs(double.Parse(buffer[..length], NumberStyles.Float, CultureInfo.InvariantCulture));   // −0 is 0
        return double.IsFinite(value) || Refuse(StreamFault.TooLarge);
    }

    public bool TryFlag(out bool value)
    {
        value = _reader.TokenType == JsonTokenType.True;
        return value || _reader.TokenType == JsonTokenType.False || Refuse(StreamFault.WrongType);
    }

    public bool TrySymbol(SymbolTable symbols, out int index)
    {
        index = -1;
        if (_reader.TokenType != JsonTokenType.String) return Refuse(StreamFault.WrongType);
        Span<byte> buffer = stackalloc byte[TextMax];
        var length = JsonTexts.Copy(ref _reader, buffer);
        if (length > 0) index = symbols.IndexOf(buffer[..length]);
        return index >= 0 || Refuse(StreamFault.UnknownSymbol);
    }

    public bool TryFrame(out TimeFrame? frame)
    {
        frame = null;
        if (_reader.TokenType != JsonTokenType.String) return Refuse(StreamFault.WrongType);
        Span<byte> buffer = stackalloc byte[NameMax];
        var length = JsonTexts.Copy(ref _reader, buffer);
        if (length > 0) frame = StreamFrames.Of(buffer[..length]);
        return true;
    }

    public bool TryLevels(LevelBuffer into)
    {
        into.Clear();
        if (_reader.TokenType != JsonTokenType.StartArray) return Refuse(StreamFault.WrongType);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (!TryLevel(out var level)) return false;
            if (level.Price == 0) return Refuse(StreamFault.Impossible);
            if (!into.TryAdd(level)) return Refuse(StreamFault.TooManyLevels);
        }

        return true;
    }

    public bool Refuse(StreamFault reason)
    {
        Fault ??= reason;
        return false;
    }

    /// <summary>Price, quantity, and whatever may follow them.</summary>
    private bool TryLevel(out BookLevel level)
    {
        level = default;
        if (_reader.TokenType != JsonTokenType.StartArray) return Refuse(StreamFault.WrongType);
        if (!TryElement(out var price) || !TryElement(out var quantity)) return false;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray) _reader.Skip();
        level = new(price, quantity);
        return true;
    }

    private bool TryElement(out long value)
    {
        value = 0;
        _reader.Read();
        return _reader.TokenType == JsonTokenType.EndArray ? Refuse(StreamFault.Missing) : TryDecimal(out value);
    }

    private bool TryScaled(int decimals, out long value)
    {
        value = 0;
        Span<byte> buffer = stackalloc byte[AnyDecimal.LengthMax];
        if (!AnyDecimal.TryRead(ref _reader, buffer, out _, out var number)) return Refuse(StreamFault.WrongType);
        return number.Scale(decimals, out value) is not { } fault || Refuse(fault);
    }

    private bool IsNew(Field field)
    {
        var bit = Fields.Bit(field);
        if ((_seen & bit) != 0) return Refuse(StreamFault.Duplicate);
        _seen |= bit;
        return true;
    }

    private static bool TryName(ReadOnlySpan<byte> name, out Field field)
    {
        field = default;
        return name.Length switch
        {
            1 => Fields.TryOf(name[0], out field),
            2 => Fields.TryOf(name[0], name[1], out field),
            _ => false,
        };
    }

    /// <summary>Inside the object, before its first field.</summary>
    private static Utf8JsonReader Begin(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        reader.Read();
        return reader;
    }
}

using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// Reads an event in the form that the exchange sends: no white space, no escapes, no field that we do not know; the
/// fields in any order, for that order differs between the exchange's own documents. Every byte is checked, so that
/// what is accepted here is valid JSON, and means what <see cref="SlowScan"/> would read. At the first thing that is
/// otherwise it gives up, without a reason: the slow scan then reads the event from its beginning.
/// </summary>
internal ref struct FastScan(ReadOnlySpan<byte> text) : IFieldScan
{
    private const uint LetterKey = '"' | ('"' << 16) | ((uint)':' << 24);
    private const uint LetterKeyMask = 0xFFFF_00FF;
    private const int LetterKeyLength = 4;
    private const int PairKeyLength = 5;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;
    private ulong _seen;
    private ulong _seenOutside;
    private byte _separator = (byte)',';   // what must stand before the next field
    private bool _ended;

    public readonly bool IsFast => true;

    public bool IsOfOtherMarket { get; private set; }

    /// <summary>The event's name, which has to come first.</summary>
    public bool TryOpen(out StreamEventKind kind)
    {
        kind = StreamEventKind.Unknown;
        if (!TrySkip("{\"e\":"u8) || !TryString(out var name)) return false;
        _seen = Fields.Bit(Field.e);
        kind = StreamEventKinds.Of(name);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(out Field field)
    {
        field = default;
        var separator = Byte(_at);
        if (separator != _separator)
        {
            _ended = separator == '}';
            if (_ended) _at++;
            return false;
        }

        var name = _text[(_at + 1)..];
        if (name.Length <= PairKeyLength) return false;
        _separator = (byte)',';
        var four = BinaryPrimitives.ReadUInt32LittleEndian(name);
        if ((four & LetterKeyMask) == LetterKey)
        {
            _at += 1 + LetterKeyLength;
            return Fields.TryOf((four >> 8) & 0xFF, out field) && IsNew(field);
        }

        if (name[0] != '"' || name[3] != '"' || name[4] != ':') return false;
        _at += 1 + PairKeyLength;
        return Fields.TryOf(name[1], name[2], out field) && IsNew(field);
    }

    public readonly bool TryEnd(ulong required) =>
        _ended && _at == _text.Length && (_seen & required) == required;

    public bool TryEnter()
    {
        _seenOutside = _seen;
        _seen = 0;
        _separator = (byte)'{';   // stands before the first field as a comma does before the others
        return true;
    }

    public bool TryLeave(ulong required)
    {
        var holds = _ended && (_seen & required) == required;
        _ended = false;
        _seen = _seenOutside;
        _seenOutside = 0;
        return holds;
    }

    public bool TryPass(Field field)
    {
        var isInside = _seenOutside != 0;   // there `st` would mean something else, if anything
        if (field == Field.st && !isInside)
        {
            var read = TryInteger(out var market);
            IsOfOtherMarket = market != StreamDecoder.UsdtMarket;
            return read;
        }

        return field is Field.ps or Field.B && TryString(out _);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryInteger(out long value)
    {
        var start = _at;
        var end = DecimalText.Read(_text, start, out value, out var decimals);
        if (end < 0 || decimals != 0) return false;
        _at = end;
        return _text[start] != '0' || end == start + 1;   // JSON has no leading zeros
    }

    public bool TryIntegerOrNone(out long value)
    {
        if (Byte(_at) != '-') return TryInteger(out value);
        value = -1;
        return TrySkip("-1"u8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryDecimal(out long value)
    {
        value = 0;
        var start = _at + 1;
        if (Byte(start - 1) != '"') return false;
        var end = DecimalText.ReadFixed(_text, start, out value);
        _at = end + 1;
        return end > 0 && Byte(end) == '"';
    }

    public bool TryOptionalDecimal(out long? value)
    {
        value = null;
        if (TrySkip("\"\""u8)) return true;
        var read = TryDecimal(out var scaled);
        value = scaled;
        return read;
    }

    public bool TrySignedOrEmpty(out long? value)
    {
        value = null;
        if (TrySkip("\"\""u8)) return true;

        var isNegative = Byte(_at + 1) == '-';
        if (!TryQuote()) return false;
        if (isNegative) _at++;
        _at = DecimalText.ReadFixed(_text, _at, out var scaled);
        if (_at < 0) return false;
        value = isNegative ? -scaled : scaled;
        return TryQuote();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryDouble(out double value)
    {
        value = double.NaN;
        if (!TryQuote()) return false;
        var start = _at;
        _at = DecimalText.Read(_text, start, out var digits, out var decimals);
        if (_at < 0) return false;
        value = NearestDouble.Of(digits, decimals, _text[start.._at]);
        return TryQuote();
    }

    public bool TryFlag(out bool value)
    {
        value = TrySkip("true"u8);
        return value || TrySkip("false"u8);
    }

    public bool TrySymbol(SymbolTable symbols, out int index)
    {
        index = TryString(out var name) ? symbols.IndexOf(name) : -1;
        return index >= 0;
    }

    public bool TryFrame(out TimeFrame? frame)
    {
        frame = null;
        if (!TryString(out var code)) return false;
        frame = StreamFrames.Of(code);
        return true;
    }

    public bool TryLevels(LevelBuffer into)
    {
        unchecked
        {
            into.Clear();
            var at = _at;
            if (Byte(at) != '[') return false;
            _at += 2;
            if (Byte(at + 1) == ']') return true;

            var message = _text;   // a local stays in a register; a field is read anew after every write
            var room = into.Reserve((message.Length - at) / LevelText.LengthMin);
            var count = 0;
            do
            {
                // The bracket before the first level, the comma before the others.
                at = LevelText.Read(message, at + 1, out var level);
                if (at < 0 || level.Price == 0 || count >= room.Length) return false;
                room[count++] = level;
            }
            while (at < message.Length && message[at] == ',');

            into.Take(count);
            _at = at + 1;
            return Byte(at) == ']';
        }
    }

    public readonly bool Refuse(StreamFault reason) => false;

    /// <summary>
    /// A text without escapes, from its opening quote to behind its closing one.
    /// </summary>
    public bool TryString(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryQuote()) return false;
        var start = _at;
        for (; _text.Length - _at >= Vector128<byte>.Count; _at += Vector128<byte>.Count)
        {
            var bytes = Vector128.Create(_text.Slice(_at, Vector128<byte>.Count));
            var ends = Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes, Vector128.Create((byte)' '));
            if (ends == Vector128<byte>.Zero) continue;
            _at += BitOperations.TrailingZeroCount(ends.ExtractMostSignificantBits());
            value = _text[start.._at];
            return TryQuote();
        }

        while (Byte(_at) is not ((byte)'"' or (byte)'\\') and >= (byte)' ') _at++;
        value = _text[start.._at];
        return TryQuote();
    }

    public bool TrySkip(ReadOnlySpan<byte> literal)
    {
        if (!_text[_at..].StartsWith(literal)) return false;
        _at += literal.Length;
        return true;
    }

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _text[_at..];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryQuote() => Byte(_at++) == '"';

    /// <summary>Behind the end stands a 0, which nothing accepts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly byte Byte(int at) => (uint)at < (uint)_text.Length ? _text[at] : (byte)0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsNew(Field field)
    {
        var bit = Fields.Bit(field);
        var isNew = (_seen & bit) == 0;
        _seen |= bit;
        return isNew;
    }
}

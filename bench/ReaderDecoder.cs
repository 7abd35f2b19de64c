using System.Text.Json;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;

namespace FuturesBot.Bench;

/// <summary>
/// The yardstick: the library's reader, its numbers straight into fixed point, fields found by their first letter,
/// nothing checked beyond what the reader does, nothing allocated. Less than a decoder has to do.
/// </summary>
internal sealed class ReaderDecoder(SymbolTable symbols)
{
    private readonly long[] _fields = new long[128];
    private readonly BookLevel[] _levels = new BookLevel[4_096];
    private int _count;

    /// <summary>Something of all that was read, so that none of it can be left out.</summary>
    public long Decode(ReadOnlySpan<byte> message)
    {
        _count = 0;
        var name = 0;
        var reader = new Utf8JsonReader(message);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.ValueSpan[^1];
                    break;
                case JsonTokenType.Number:
                    _fields[name] = reader.GetInt64();
                    break;
                case JsonTokenType.String:
                    _fields[name] = name == 's' ? symbols.IndexOf(reader.ValueSpan) : Fixed(reader.ValueSpan);
                    break;
                case JsonTokenType.True or JsonTokenType.False:
                    _fields[name] = reader.TokenType == JsonTokenType.True ? 1 : 0;
                    break;
                case JsonTokenType.StartArray:
                    ReadLevels(ref reader);
                    break;
            }
        }

        return _fields['E'] + _fields['q'] + _count;
    }

    private void ReadLevels(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            reader.Read();
            var price = Fixed(reader.ValueSpan);
            reader.Read();
            _levels[_count++] = new(price, Fixed(reader.ValueSpan));
            reader.Read();
        }
    }

    private static long Fixed(ReadOnlySpan<byte> text)
    {
        var (value, decimals, behind) = (0L, 0, 0);
        foreach (var letter in text)
        {
            var digit = unchecked((uint)letter - '0');
            if (digit > 9)
            {
                behind = 1;
                continue;
            }

            value = unchecked((value * 10) + digit);
            decimals += behind;
        }

        for (; decimals < FixedPoint.Decimals; decimals++) value = unchecked(value * 10);
        return value;
    }
}

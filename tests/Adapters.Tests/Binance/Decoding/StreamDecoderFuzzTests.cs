using System.Text;
using System.Text.RegularExpressions;
using FuturesBot.Adapters.Binance.Streams;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Decoding;

/// <summary>
/// Messages that were damaged or written differently, held against <see cref="ReferenceDecoder"/>: both say the same,
/// or both refuse.
/// </summary>
public partial class StreamDecoderFuzzTests
{
    private const int Rounds = 20_000;

    private static readonly string[] Originals =
    [
        Messages.Depth, Messages.AggTrade, Messages.AggTradeOfToday, Messages.Kline, Messages.BookTicker,
        Messages.MarkPrice, Messages.OrderUpdate, Messages.Accepted,
        """{"error":{"code":2,"msg":"Invalid request"},"id":3}""",
        $"[{Messages.MarkPrice},{Messages.BookTicker}]",
        Messages.Depth.Replace("\"b\":[", "\"b\":[" + string.Concat(Enumerable.Repeat("[\"0.0715\",\"8124\"],", 12))),
    ];

    private static readonly string[] Numbers =
    [
        "0", "-0", "1", "-1", "00", "007", "1.50", "1.", ".5", "+1", "1e3", "1E+3", "25e-1", "1e-8", "1e-9", "1e400",
        "-1e400", "1e-400", "0e999999999999", "NaN", "Infinity", "0x10", "1_000", "1 ", " 1", "",
        "92233720368.54775807", "92233720368.54775808", "9223372036854775807", "9223372036854775808",
        "123456789012345678", "1234567890123456789", "12345678901234567890123456789", "0.12345678", "0.123456780",
        "0.123456789", "1234567.12345678", "12345678.12345678", "123456789.12345678", "1790000040000",
        "9007199254740992.5", "9007199254740993", "0.1000000000000000055511151231257827", "179769313486231570000e290",
        "1790000099999", "61800.30", "\u0661", "1\\u0030", "0.00000001", "10000000000000000000000e-21",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Decode_ChangedMessage_SaysWhatTheReferenceSays(int seed)
    {
        var random = new Random(seed);
        var symbols = Messages.Symbols();
        var decoder = new StreamDecoder(symbols);
        var reference = new ReferenceDecoder(symbols);
        var outcomes = new Dictionary<string, int>();
        for (var round = 0; round < Rounds; round++)
        {
            var message = Changed(random);
            var expected = reference.Read(message).OrderBy(line => line == RecordedEvents.LeftOut);
            var actual = RecordedEvents.Of(decoder, message);

            Assert.True(
                expected.SequenceEqual(actual),
                $"seed {seed}, round {round}: {Encoding.Latin1.GetString(message)}\n"
                + $"expected: {string.Join(" | ", expected)}\nactual:   {string.Join(" | ", actual)}");
            foreach (var line in actual) outcomes[Kind(line)] = outcomes.GetValueOrDefault(Kind(line)) + 1;

            // What was wrong with one message leaves no trace in the next.
            Assert.Equal(
                Intact.Select(m => reference.Read(m)[0]), Intact.Select(m => RecordedEvents.Of(decoder, m)[0]));
        }

        AssertAllWasSeen(decoder.Counters, outcomes);
    }

    private static byte[][] Intact { get; } = [Messages.Bytes(Messages.AggTrade)];

    private static string Kind(string line) => line.Split(' ')[0];

    /// <summary>A comparison of nothing but refusals would prove nothing.</summary>
    private static void AssertAllWasSeen(StreamCounters counters, Dictionary<string, int> outcomes)
    {
        const int Few = 20;
        string[] kinds =
        [
            "depth", nameof(AggTrade), nameof(KlineUpdate), nameof(BookTicker), nameof(MarkPriceUpdate), "other",
            nameof(StreamAnswer), RecordedEvents.Refused, Kind(RecordedEvents.LeftOut),
        ];
        foreach (var kind in kinds)
            Assert.True(outcomes.GetValueOrDefault(kind) > Few, $"{kind}: {outcomes.GetValueOrDefault(kind)}");
        StreamEventKind[] decoded =
        [
            StreamEventKind.Depth, StreamEventKind.AggTrade, StreamEventKind.Kline, StreamEventKind.BookTicker,
            StreamEventKind.MarkPrice,
        ];
        foreach (var kind in decoded)
        {
            Assert.True(counters.Fast(kind) > Few, $"{kind} fast: {counters.Fast(kind)}");
            Assert.True(counters.Slow(kind) > Few, $"{kind} slow: {counters.Slow(kind)}");
        }

        foreach (var fault in Enum.GetValues<StreamFault>().Except([StreamFault.TooManyLevels]))
            Assert.True(counters.Faults(fault) > 0, $"no {fault}");
    }

    private static byte[] Changed(Random random)
    {
        var text = Originals[random.Next(Originals.Length)];
        for (var changes = random.Next(4); changes > 0; changes--) text = ChangeText(text, random);
        if (random.Next(2) == 0) text = Messages.Combined(Pick(random, "btcusdt@depth", "a@depth5", "x"), text);
        var bytes = Messages.Bytes(text);
        return random.Next(3) == 0 ? ChangeBytes(bytes, random) : bytes;
    }

    private static string ChangeText(string text, Random random)
    {
        var fields = Field().Matches(text);
        if (fields.Count == 0) return text;
        var (one, other) = (fields[random.Next(fields.Count)], fields[random.Next(fields.Count)]);
        return random.Next(12) switch
        {
            0 => Swap(text, one, other),
            1 => text.Insert(one.Index, other.Value + ","),                                      // a name twice
            2 => text.Insert(one.Index, $"\"{Pick(random, "zz", "new", "j", "st", "ps", "data")}\":{Value(random)},"),
            3 => Replace(text, one.Groups["value"], Value(random)),
            4 => Replace(text, one.Groups["value"], $"\"{Numbers[random.Next(Numbers.Length)]}\""),
            5 => Replace(text, one.Groups["value"], Numbers[random.Next(Numbers.Length)]),
            6 => Replace(text, one.Groups["value"], Requoted(one.Groups["value"].Value)),
            7 => Escape(text, random),
            8 => Space(text, random),
            9 => ChangeNumber(text, random),
            10 => ChangeNumber(ChangeNumber(ChangeNumber(text, random), random), random),
            _ => Remove(text, one),
        };
    }

    private static byte[] ChangeBytes(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        var length = Math.Min(random.Next(1, 12), bytes.Length - at);
        switch (random.Next(6))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
                bytes[at] = (byte)"0123456789.\"-,:[]{}eE\\ "[random.Next(23)];
                return bytes;
            case 3:
                return bytes[..at];
            case 4:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            default:
                return [.. bytes[..(at + length)], .. bytes[at..]];
        }
    }

    private static string Swap(string text, Match one, Match other)
    {
        if (one.Index > other.Index) (one, other) = (other, one);
        return one.Index == other.Index
            ? text
            : text[..one.Index] + other.Value + text[(one.Index + one.Length)..other.Index]
                + one.Value + text[(other.Index + other.Length)..];
    }

    private static string Remove(string text, Match field)
    {
        var end = field.Index + field.Length;
        if (end < text.Length && text[end] == ',') end++;
        return text[..field.Index] + text[end..];
    }

    private static string Replace(string text, Group group, string by) =>
        text[..group.Index] + by + text[(group.Index + group.Length)..];

    private static string Requoted(string value) => value.StartsWith('"') ? value.Trim('"') : $"\"{value}\"";

    /// <summary>A letter or digit within quotes as <c>\uXXXX</c>; outside of them it is rubbish, which is fine too.</summary>
    private static string Escape(string text, Random random)
    {
        var letters = LetterInQuotes().Matches(text);
        if (letters.Count == 0) return text;
        var at = letters[random.Next(letters.Count)].Index;
        var code = random.Next(20) == 0 ? 0xD800 : text[at];
        return text[..at] + $@"\u{(int)code:x4}" + text[(at + 1)..];
    }

    private static string Space(string text, Random random)
    {
        var marks = Mark().Matches(text);
        var at = marks[random.Next(marks.Count)].Index + random.Next(2);
        return text.Insert(at, Pick(random, " ", "\n", "\t \r"));
    }

    /// <summary>Any number in quotes, those of levels too, becomes another one.</summary>
    private static string ChangeNumber(string text, Random random)
    {
        var numbers = NumberInQuotes().Matches(text);
        if (numbers.Count == 0) return text;
        var digits = string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.Next(10)));
        var plain = digits.Insert(random.Next(digits.Length + 1), Pick(random, ".", ".", ""));
        return Replace(text, numbers[random.Next(numbers.Count)], random.Next(8) == 0
            ? Numbers[random.Next(Numbers.Length)]
            : plain);
    }

    private static string Value(Random random) => random.Next(9) switch
    {
        0 => "null",
        1 => "true",
        2 => "{\"a\":[1,{}]}",
        3 => "[]",
        4 => "[[\"1\",\"2\"],[3,4,5]]",
        5 => "\"ETHUSDT\"",
        6 => "\"\"",
        7 => "2",
        _ => Numbers[random.Next(Numbers.Length)],
    };

    private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];

    [GeneratedRegex("""
        "\w+":(?<value>"[^"]*"|-?\d+|true|false|null)
        """, RegexOptions.None, 1_000)]
    private static partial Regex Field();

    [GeneratedRegex("""
        (?<=["\w.])[\w.](?=[\w."])
        """, RegexOptions.None, 1_000)]
    private static partial Regex LetterInQuotes();

    [GeneratedRegex("""
        (?<=")[\d.]+(?=")
        """, RegexOptions.None, 1_000)]
    private static partial Regex NumberInQuotes();

    [GeneratedRegex("""[,:{}\[\]]""", RegexOptions.None, 1_000)]
    private static partial Regex Mark();
}

using System.Globalization;
using System.Runtime.Intrinsics;
using System.Text;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Decoding;

public class DecimalTextTests
{
    private const int Rounds = 100_000;

    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 700_000_000)]
    [InlineData("0.00000001", 1)]
    [InlineData("9999999.99999999", 999_999_999_999_999)]
    [InlineData("99999999.99999999", 9_999_999_999_999_999)]
    [InlineData("12345678.12345678", 1_234_567_812_345_678)]
    [InlineData("1234567890123456", -1)]            // 1.2 · 10²³ units
    [InlineData("92233720368.5477580", 9_223_372_036_854_775_800)]
    [InlineData("92233720368.5477581", -1)]
    [InlineData("0.000000001", -1)]
    [InlineData("0.1234567890", -1)]
    [InlineData("", -1)]
    [InlineData(".", -1)]
    [InlineData(".5", -1)]
    [InlineData("5.", -1)]
    [InlineData("-5", -1)]
    [InlineData("e5", -1)]
    public void ReadFixed_AnyText_GivesItsUnitsOrNothing(string text, long expected)
    {
        foreach (var behind in Behind)
        {
            var end = DecimalText.ReadFixed(Encoding.UTF8.GetBytes(text + behind), 0, out var value);

            Assert.Equal(expected < 0 ? -1 : text.Length, end);
            if (expected >= 0) Assert.Equal(expected, value);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Read_RandomNumbers_AreWhatDecimalSays(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var text = RandomNumber(random);
            var before = new string('9', random.Next(3));
            var bytes = Encoding.UTF8.GetBytes(before + text + Behind[random.Next(Behind.Length)]);
            var number = decimal.Parse(text, CultureInfo.InvariantCulture);
            var decimals = text.Contains('.') ? text.Length - text.IndexOf('.') - 1 : 0;

            var end = DecimalText.Read(bytes, before.Length, out var digits, out var found);
            var endOfFixed = DecimalText.ReadFixed(bytes, before.Length, out var units);

            var because = $"seed {seed}: {text}";
            Assert.True(end == before.Length + text.Length, because);
            Assert.True((digits, found) == (long.Parse(text.Replace(".", ""), CultureInfo.InvariantCulture), decimals), because);
            var fits = decimals <= FixedPoint.Decimals && number * FixedPoint.One <= long.MaxValue;
            Assert.True(endOfFixed == (fits ? end : -1), because);
            if (fits) Assert.True(units == number * FixedPoint.One, $"{because} gave {units}");
        }
    }

    [Fact]
    public void SumWithoutSse_AnyDigits_IsTheirNumber()
    {
        var random = new Random(3);
        for (var round = 0; round < 10_000; round++)
        {
            var number = random.NextInt64(10_000_000_000_000_000);
            var digits = number.ToString("D16", CultureInfo.InvariantCulture).Select(c => (byte)(c - '0')).ToArray();

            Assert.Equal(number, DecimalText.SumWithoutSse(Vector128.Create(digits)));
            Assert.Equal(number, DecimalText.Sum(Vector128.Create(digits)));
        }
    }

    /// <summary>A number ends at anything that is no digit, near the text's end or far from it.</summary>
    private static readonly string[] Behind =
        ["\"", "\",\"", "\",\"0.002\"],[\"61800.30\",\"12.5\"],[\"61801\",\"3\"]", ",\"T\":17900", "}", ":7777777777777777", ""];

    /// <summary>Up to 18 digits with the point anywhere between them, or nowhere.</summary>
    private static string RandomNumber(Random random)
    {
        var digits = string.Concat(Enumerable.Range(0, random.Next(1, 19)).Select(_ => random.Next(10)));
        var point = random.Next(digits.Length + 1);
        return point == 0 || point == digits.Length ? digits : $"{digits[..point]}.{digits[point..]}";
    }
}

using System.Globalization;
using System.Text;
using FuturesBot.Adapters.Binance.Streams;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Decoding;

/// <summary>What the text of a number means is what <c>double.Parse</c> says; ours is the same to the last bit.</summary>
public class NearestDoubleTests
{
    private const int Rounds = 200_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Of_RandomDigits_IsWhatParseGives(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var digits = random.NextInt64(1L << random.Next(1, 60));
            var decimals = random.Next(19);
            var text = Write(digits, decimals);

            var value = NearestDouble.Of(digits, decimals, Encoding.UTF8.GetBytes(text));

            Assert.True(value.Equals(Parse(text)), $"seed {seed}: {text} gave {value:R}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void OfFixedPoint_RandomUnits_IsWhatParseGives(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var units = random.NextInt64(1L << random.Next(1, 63));
            var text = Write(units, decimals: 8);

            var value = NearestDouble.OfFixedPoint(units);

            Assert.True(value.Equals(Parse(text)), $"seed {seed}: {text} gave {value:R}");
            Assert.True((-value).Equals(NearestDouble.OfFixedPoint(-units)), $"seed {seed}: −{text}");
        }
    }

    [Theory]
    [InlineData((1L << 53) + 1)]   // a division of the nearest double would round twice
    [InlineData(long.MaxValue)]
    [InlineData(9007199254740993_00 + 7)]
    public void OfFixedPoint_MoreThanADoubleHolds_IsWhatParseGives(long units) =>
        Assert.Equal(Parse(Write(units, decimals: 8)), NearestDouble.OfFixedPoint(units));

    [Fact]
    public void OfFixedPoint_SomeLongNumber_NeedsTheSlowWay()
    {
        // The proof that the test above can fail: dividing alone is wrong for some of them.
        var random = new Random(5);
        var units = Enumerable.Range(0, 10_000).Select(_ => random.NextInt64(1L << 54, long.MaxValue));

        Assert.Contains(units, u => !(u / 1e8).Equals(NearestDouble.OfFixedPoint(u)));
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Write(long digits, int decimals)
    {
        var text = digits.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        return decimals == 0 ? text : $"{text[..^decimals]}.{text[^decimals..]}";
    }
}

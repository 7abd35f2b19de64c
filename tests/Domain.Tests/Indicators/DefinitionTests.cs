using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

/// <summary>
/// What neither the golden vectors nor the reference results cover, against its definition written down
/// plainly, and small cases by hand.
/// </summary>
public sealed class DefinitionTests
{
    private static readonly Candle[] Bars = GoldenMarket.Bars(1_200);

    // Few different values, so that ties and −0 are everywhere.
    private static readonly double[] Ties =
        [.. Bars.Select(b => Math.Round(b.Close - 100) * 0.5 * (b.Volume % 2))];

    // TR 2, 3, 1 → seed 2; TR 5 → (2·2 + 5)/3 = 3. The first bar has no TR, whatever its range.
    [Fact]
    public void Atr_OfThreePeriods_MatchesHandCalculation()
    {
        double[] ranges = [50, 2, 3, 1, 5];
        Candle[] bars = [.. ranges.Select((r, i) => new Candle(i, 100, 100 + (r / 2), 100 - (r / 2), 100, 1))];

        var atr = new Atr(3).Over(bars);

        Assert.Equal([double.NaN, double.NaN, double.NaN], atr[..3]);
        Assert.Equal(2, atr[3], precision: 12);
        Assert.Equal(3, atr[4], precision: 12);
    }

    [Fact]
    public void Ema_OfThreePeriods_IsSeededWithTheMean() =>
        Assert.Equal([double.NaN, double.NaN, 2, 4], new Ema(3).Over([1, 2, 3, 6]));

    // Of {1, 2, 2, 3}: 2 has one below and two equal: 100·(1 + 0.5·2)/4 = 50; 3 has three below: 87.5.
    [Fact]
    public void PercentileRank_WithTies_MatchesHandCalculation()
    {
        Assert.Equal(50, new PercentileRank(4).Over([3, 2, 1, 2])[^1]);
        Assert.Equal(87.5, new PercentileRank(4).Over([1, 2, 2, 3])[^1]);
    }

    [Fact]
    public void PercentileRank_ManyTies_MatchesTheDefinition()
    {
        var ranks = new PercentileRank(50).Over(Ties);

        for (var i = 49; i < Ties.Length; i++)
        {
            var window = Ties[(i - 49)..(i + 1)];
            var rank = 100 * (window.Count(x => x < Ties[i]) + (0.5 * window.Count(x => x == Ties[i]))) / 50;
            Assert.Equal(rank, ranks[i]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(21)]
    public void RollingMedian_ManyTies_MatchesTheDefinition(int periods)
    {
        var medians = new RollingMedian(periods).Over(Ties);

        for (var i = periods - 1; i < Ties.Length; i++)
            Assert.Equal(Median(Ties[(i - periods + 1)..(i + 1)]), medians[i]);
    }

    [Fact]
    public void VolumeRatio_AnyBar_LooksOnlyAtTheBarsBefore()
    {
        var ratios = new VolumeRatio(20).Over(Bars);

        for (var i = 20; i < Bars.Length; i++)
        {
            var median = Median([.. Bars[(i - 20)..i].Select(b => b.Volume)]);
            Assert.Equal(Bars[i].Volume / median, ratios[i]);
        }
    }

    [Fact]
    public void Donchian_AnyBar_LooksOnlyAtTheBarsBefore()
    {
        var channels = new Donchian(20).Over(Bars);

        for (var i = 20; i < Bars.Length; i++)
        {
            var before = Bars[(i - 20)..i];
            Assert.Equal(new(before.Max(b => b.High), before.Min(b => b.Low)), channels[i]);
        }
    }

    [Fact]
    public void AwesomeOscillator_AnyBar_MatchesTheDefinition()
    {
        var oscillator = new AwesomeOscillator(5, 34).Over(Bars);

        for (var i = 33; i < Bars.Length; i++)
            Assert.Equal(Middle(i, 5) - Middle(i, 34), oscillator[i], precision: 10);
    }

    // Prices near 100,000 that move by 0.1: plain sums of squares would lose all of it.
    [Fact]
    public void StdDev_SmallMovesAtALargePrice_KeepsItsDigits()
    {
        double[] values = [.. Enumerable.Range(0, 1_000).Select(i => 100_000 + (i % 2 * 0.125))];

        var deviations = new StdDev(20).Over(values);

        Assert.All(deviations[19..], d => Assert.Equal(0.0625, d, precision: 12));
    }

    // Wilder: of two opposite moves only the larger counts, and none when they are equal.
    [Theory]
    [InlineData(3, 1, 3, 0)]
    [InlineData(1, 3, 0, 3)]
    [InlineData(2, 2, 0, 0)]
    [InlineData(-1, -2, 0, 0)]
    public void Adx_FirstMove_CountsOnlyTheLargerSide(double up, double down, double plus, double minus)
    {
        Candle[] bars = [new(0, 100, 110, 90, 100, 1), new(1, 100, 110 + up, 90 - down, 100, 1)];

        var reading = new Adx(1).Over(bars)[^1];

        var range = bars[1].High - bars[1].Low;
        Assert.Equal(100 * plus / range, reading.PlusDi, precision: 12);
        Assert.Equal(100 * minus / range, reading.MinusDi, precision: 12);
    }

    private static double Middle(int last, int bars) =>
        Bars[(last - bars + 1)..(last + 1)].Average(b => (b.High + b.Low) / 2);

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

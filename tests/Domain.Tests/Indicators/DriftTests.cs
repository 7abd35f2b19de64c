using FuturesBot.Domain.Indicators;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

/// <summary>Rolling sums over ten million values of a walk near 60,000 with bursts (1.0e-9 relative).</summary>
public sealed class DriftTests
{
    private const int Updates = 10_000_000;
    private const int Periods = 20;
    private const int Seed = 20_251_209;

    [Fact]
    public void RollingWindows_TenMillionUpdates_StayWithinABillionthOfAFreshComputation()
    {
        var random = new Random(Seed);
        var sma = new Sma(Periods);
        var deviation = new StdDev(Periods);
        var window = new double[Periods];
        var price = 60_000.0;
        double mean = 0, sigma = 0;

        for (var i = 0; i < Updates; i++)
        {
            price = Next(random, price);
            window[i % Periods] = price;
            mean = sma.Update(price);
            sigma = deviation.Update(price);
            if (i >= Periods && i % 99_991 == 0) Compare(i);
        }

        Compare(Updates);

        void Compare(int update)
        {
            var exact = window.Average();
            var exactSigma = Math.Sqrt(window.Select(x => (x - exact) * (x - exact)).Average());
            Assert.True(Math.Abs(mean - exact) <= 1e-9 * exact, $"seed {Seed}, update {update}: mean {mean}, fresh {exact}");
            Assert.True(
                Math.Abs(sigma - exactSigma) <= 1e-9 * exactSigma,
                $"seed {Seed}, update {update}: sigma {sigma}, fresh {exactSigma}");
        }
    }

    // Steps of 0.1 with one of 1 % now and then; pulled back so that ten million steps stay near 60,000.
    private static double Next(Random random, double price)
    {
        var step = random.Next(1_000) == 0 ? 600 : 20;
        var pull = (60_000 - price) * 1e-4;
        return Math.Round(price + pull + ((random.NextDouble() - 0.5) * step), 1);
    }
}

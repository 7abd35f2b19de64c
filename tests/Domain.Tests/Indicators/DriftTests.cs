using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

/// <summary>
/// Rolling sums over ten million bars of a walk near 60,000 with bursts: each stays within 1e-9 relative of
/// a computation that starts afresh from the window.
/// </summary>
public sealed class DriftTests
{
    private const int Updates = 10_000_000;
    private const int Periods = 20;
    private const int Seed = 20_251_209;
    private const double Allowed = 1e-9;

    [Fact]
    public void RollingWindows_TenMillionUpdates_StayWithinABillionthOfAFreshComputation()
    {
        var random = new Random(Seed);
        var sma = new Sma(Periods);
        var deviation = new StdDev(Periods);
        var wma = new Wma(Periods);
        var vwma = new Vwma(Periods);
        var window = new Candle[Periods];
        var price = 60_000.0;

        for (var i = 0; i < Updates; i++)
        {
            price = Next(random, price);
            var bar = new Candle(i * TimeFrame.M15.Ms(), price, price, price, price, random.Next(1, 100_000) / 1e3);
            window[i % Periods] = bar;
            (double, double, double, double) ours =
                (sma.Update(price), deviation.Update(price), wma.Update(price), vwma.Update(bar));
            if (i >= Periods && (i % 99_991 == 0 || i == Updates - 1)) Compare(i, ours, window);
        }
    }

    private static void Compare(
        int update, (double Mean, double Sigma, double Weighted, double ByVolume) ours, Candle[] window)
    {
        var mean = window.Average(b => b.Close);
        var sigma = Math.Sqrt(window.Average(b => (b.Close - mean) * (b.Close - mean)));
        var byVolume = window.Sum(b => b.Close * b.Volume) / window.Sum(b => b.Volume);
        var weighted = window.OrderBy(b => b.OpenTimeMs).Select((b, i) => b.Close * (i + 1)).Sum()
            / (Periods * (Periods + 1) / 2);

        Near("mean", mean, ours.Mean);
        Near("sigma", sigma, ours.Sigma);
        Near("weighted", weighted, ours.Weighted);
        Near("by volume", byVolume, ours.ByVolume);

        void Near(string what, double fresh, double rolling) => Assert.True(
            Math.Abs(rolling - fresh) <= Allowed * fresh,
            $"seed {Seed}, update {update}: {what} {rolling:R}, fresh {fresh:R}");
    }

    // Steps of 0.1, one in a thousand of 1 %; pulled back so that ten million steps stay near 60,000.
    private static double Next(Random random, double price)
    {
        var step = random.Next(1_000) == 0 ? 600 : 20;
        var pull = (60_000 - price) * 1e-4;
        return Math.Round(price + pull + ((random.NextDouble() - 0.5) * step), 1);
    }
}

using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard.Sample;

/// <summary>Studies good enough to be looked at.</summary>
internal static class SampleStudies
{
    private const long DayMs = 86_400_000;

    public static Dictionary<string, IReadOnlyList<double>> Of(IReadOnlyList<Candle> bars, int limit)
    {
        var (middle, sigma) = DayVwap(bars);
        var all = new Dictionary<string, double[]>
        {
            ["ema20"] = Ema(bars, 20),
            ["ema50"] = Ema(bars, 50),
            ["ema200"] = Ema(bars, 200),
            ["vwap"] = middle,
            ["vwap_upper1"] = [.. middle.Zip(sigma, (m, s) => m + s)],
            ["vwap_lower1"] = [.. middle.Zip(sigma, (m, s) => m - s)],
            ["vwap_upper2"] = [.. middle.Zip(sigma, (m, s) => m + (2 * s))],
            ["vwap_lower2"] = [.. middle.Zip(sigma, (m, s) => m - (2 * s))],
            ["volume_mean20"] = Mean(bars, 20),
            ["atr14"] = [.. bars.Select((b, i) => i < 14 ? double.NaN : b.Range)],
            ["adx14"] = [.. bars.Select((_, i) => i < 28 ? double.NaN : 24.5)],
        };
        return all.ToDictionary(
            pair => pair.Key, pair => (IReadOnlyList<double>)pair.Value.TakeLast(limit).ToArray());
    }

    public static ProfileView Profile(IReadOnlyList<Candle> bars, TimeFrame frame)
    {
        var day = bars.TakeLast(96).ToArray();
        var (low, high) = (day.Min(b => b.Low), day.Max(b => b.High));
        var width = (high - low) / 40;
        var bins = Enumerable.Range(0, 40).Select(i =>
        {
            var (from, to) = (low + (i * width), low + ((i + 1) * width));
            var volume = day.Sum(b => b.Range == 0 ? 0
                : b.Volume * Math.Max(0, Math.Min(to, b.High) - Math.Max(from, b.Low)) / b.Range);
            return new ProfileBinView(from, to, volume);
        }).ToArray();
        var poc = Array.IndexOf(bins, bins.MaxBy(b => b.Volume));
        var (a, z, sum, total) = (poc, poc, bins[poc].Volume, bins.Sum(b => b.Volume));
        while (sum < 0.7 * total)
        {
            var up = z < 39 ? bins[z + 1].Volume : -1;
            var down = a > 0 ? bins[a - 1].Volume : -1;
            if (up >= down) z++; else a--;
            sum += Math.Max(up, down);
        }

        return new(
            (bins[poc].Low + bins[poc].High) / 2, bins[a].Low, bins[z].High,
            day[0].OpenTimeMs, day[^1].CloseTimeMs(frame), bins);
    }

    private static double[] Ema(IReadOnlyList<Candle> bars, int periods)
    {
        var (values, sum) = (new double[bars.Count], 0.0);
        for (var i = 0; i < bars.Count; i++)
        {
            sum += bars[i].Close;
            values[i] = i < periods - 1 ? double.NaN
                : i == periods - 1 ? sum / periods
                : values[i - 1] + (2.0 / (periods + 1) * (bars[i].Close - values[i - 1]));
        }

        return values;
    }

    private static double[] Mean(IReadOnlyList<Candle> bars, int periods) =>
        [.. bars.Select((_, i) => i < periods ? double.NaN
            : Enumerable.Range(i - periods, periods).Average(j => bars[j].Volume))];

    private static (double[] Middle, double[] Sigma) DayVwap(IReadOnlyList<Candle> bars)
    {
        var (middle, sigma) = (new double[bars.Count], new double[bars.Count]);
        double volume = 0, first = 0, second = 0;
        for (var i = 0; i < bars.Count; i++)
        {
            if (i == 0 || bars[i].OpenTimeMs / DayMs != bars[i - 1].OpenTimeMs / DayMs) volume = first = second = 0;
            volume += bars[i].Volume;
            first += bars[i].Typical * bars[i].Volume;
            second += bars[i].Typical * bars[i].Typical * bars[i].Volume;
            middle[i] = first / volume;
            sigma[i] = Math.Sqrt(Math.Max(0, (second / volume) - (middle[i] * middle[i])));
        }

        return (middle, sigma);
    }
}

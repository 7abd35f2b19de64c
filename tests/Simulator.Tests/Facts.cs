using FuturesBot.Domain.Market;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Tests;

/// <summary>What was measured on one symbol's 15m candles.</summary>
/// <param name="EmaCrosses">Bodies that cross their EMA200.</param>
/// <param name="Sweeps">Bars beyond the extreme of the 20 before that close back inside by a quarter of an ATR.</param>
/// <param name="TrendHours">Hours whose 4h EMA20/50 distance is above one 4h ATR.</param>
internal sealed record Facts(
    double DailyVolatility,
    double Kurtosis,
    double AbsAutocorrelation,
    double LeaderCorrelation,
    double TakerCorrelation,
    double VolumeWithRange,
    double Lowest,
    double Highest,
    int EmaCrosses,
    int Sweeps,
    int TrendHours)
{
    public static Facts[] Over(GeneratedMarket market, int days)
    {
        var count = market.Symbols.Count;
        var bars = Enumerable.Range(0, count).Select(_ => new List<Candle>()).ToArray();
        var resamplers = bars.Select(_ => new Resampler(TimeFrame.M1, TimeFrame.M15)).ToArray();
        var closed = new Candle[count];
        for (var minute = 0; minute < days * 1440; minute++)
        {
            market.Advance(closed);
            for (var i = 0; i < count; i++)
            {
                if (resamplers[i].TryAdd(closed[i], out var bar)) bars[i].Add(bar);
            }
        }

        var leader = Returns(bars[0]);
        return [.. bars.Select(list => Of(list, leader))];
    }

    private static Facts Of(List<Candle> bars, double[] leader)
    {
        var returns = Returns(bars);
        var absolute = returns.Select(Math.Abs).ToArray();
        var variance = returns.Average(r => r * r);
        return new(
            Math.Sqrt(variance * 96),
            returns.Average(r => r * r * r * r) / (variance * variance),
            Correlation(absolute[..^1], absolute[1..]),
            Correlation(returns, leader),
            Correlation(returns, [.. bars.Skip(1).Select(bar => (bar.TakerBuyVolume / bar.Volume) - 0.5)]),
            Correlation([.. bars.Select(bar => bar.Range / bar.Close)], [.. bars.Select(bar => bar.Volume)]),
            bars.Min(bar => bar.Low),
            bars.Max(bar => bar.High),
            Crosses(bars),
            SweepsIn(bars),
            TrendHoursIn(bars));
    }

    private static double[] Returns(List<Candle> bars) =>
        [.. bars.Skip(1).Zip(bars, (now, before) => Math.Log(now.Close / before.Close))];

    private static double Correlation(double[] x, double[] y)
    {
        var (mx, my) = (x.Average(), y.Average());
        var (xy, xx, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            xy += (x[i] - mx) * (y[i] - my);
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
        }

        return xy / Math.Sqrt(xx * yy);
    }

    private static int Crosses(List<Candle> bars)
    {
        var ema = bars[0].Close;
        var crosses = 0;
        foreach (var bar in bars)
        {
            ema += (bar.Close - ema) * 2 / 201;
            if ((bar.Open < ema && bar.Close > ema) || (bar.Open > ema && bar.Close < ema)) crosses++;
        }

        return crosses;
    }

    private static int SweepsIn(List<Candle> bars)
    {
        var sweeps = 0;
        for (var i = 20; i < bars.Count; i++)
        {
            var before = bars.GetRange(i - 20, 20);
            var (high, low, range) = (before.Max(b => b.High), before.Min(b => b.Low), before.Average(b => b.Range));
            if (bars[i].High > high + (0.1 * range) && bars[i].Close < high - (0.25 * range)) sweeps++;
            if (bars[i].Low < low - (0.1 * range) && bars[i].Close > low + (0.25 * range)) sweeps++;
        }

        return sweeps;
    }

    private static int TrendHoursIn(List<Candle> bars)
    {
        var (fast, slow, range, hours) = (bars[0].Close, bars[0].Close, 0.0, 0);
        for (var i = 0; i + 16 <= bars.Count; i += 16)
        {
            var four = bars.GetRange(i, 16);
            range += (four.Max(b => b.High) - four.Min(b => b.Low) - range) / 14;
            fast += (four[^1].Close - fast) * 2 / 21;
            slow += (four[^1].Close - slow) * 2 / 51;
            if (Math.Abs(fast - slow) > range) hours += 4;
        }

        return hours;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FuturesBot.Domain.Market;

namespace FuturesBot.Bench;

/// <summary>
/// The yardstick: the nine as one loop written by hand for speed alone. Everything lives in locals;
/// fused multiply-add throughout; true range, gains and window sums are shared; Donchian goes by blocks,
/// without branches on prices; no division that a multiplication can replace; no protection against drift,
/// no snapshots, no warm-up checks in the main loop: the seeds are taken in a loop of their own.
/// </summary>
internal static class FusedNine
{
    public const int Window = 20;
    public const int Wilder = 14;
    public const int Slowest = 200;

    /// <summary>Rows from bar 200 on are valid; row i goes to <c>rows[i &amp; mask]</c>.</summary>
    public static void Run(ReadOnlySpan<Candle> bars, Span<NineRow> rows)
    {
        Span<double> closes = stackalloc double[Window];
        Span<double> turnovers = stackalloc double[Window];
        Span<double> volumes = stackalloc double[Window];
        Span<double> highs = stackalloc double[Window];
        Span<double> lows = stackalloc double[Window];
        var seeds = new Seeds();
        seeds.Take(bars[..Slowest]);

        double ema = seeds.Ema200, fast = seeds.Fast, slow = seeds.Slow, signal = seeds.Signal;
        double gain = seeds.Gain, loss = seeds.Loss, range = seeds.Range;
        double plus = seeds.Plus, minus = seeds.Minus, adx = seeds.Adx;
        ref readonly var last = ref bars[Slowest - 1];
        double high = last.High, low = last.Low, close = last.Close;
        var anchor = bars[0].Close;
        double sum = 0, squares = 0, turnover = 0, volume = 0;
        for (var i = 0; i < Window; i++)
        {
            ref readonly var bar = ref bars[Slowest - Window + i];
            closes[i] = bar.Close - anchor;
            sum += closes[i];
            squares += closes[i] * closes[i];
            turnovers[i] = bar.Close * bar.Volume;
            turnover += turnovers[i];
            volumes[i] = bar.Volume;
            volume += bar.Volume;
            highs[i] = bar.High;
            lows[i] = bar.Low;
        }

        Suffixes(highs, lows);
        double headHigh = double.NegativeInfinity, headLow = double.PositiveInfinity;
        var at = 0;
        var mask = rows.Length - 1;
        const double share = 1.0 / Wilder, perBar = 1.0 / Window;
        for (var i = Slowest; i < bars.Length; i++)
        {
            ref readonly var bar = ref bars[i];
            ref var row = ref rows[i & mask];
            double h = bar.High, l = bar.Low, c = bar.Close, v = bar.Volume;

            ema = Math.FusedMultiplyAdd(2.0 / 201, c - ema, ema);
            fast = Math.FusedMultiplyAdd(2.0 / 13, c - fast, fast);
            slow = Math.FusedMultiplyAdd(2.0 / 27, c - slow, slow);
            var macd = fast - slow;
            signal = Math.FusedMultiplyAdd(0.2, macd - signal, signal);
            row.Ema200 = ema;
            row.Macd = macd;
            row.MacdSignal = signal;

            var change = c - close;
            gain = Math.FusedMultiplyAdd(double.MaxNative(change, 0) - gain, share, gain);
            loss = Math.FusedMultiplyAdd(double.MaxNative(-change, 0) - loss, share, loss);
            row.Rsi14 = 100 * gain / (gain + loss);

            var tr = double.MaxNative(h, close) - double.MinNative(l, close);
            range = Math.FusedMultiplyAdd(tr - range, share, range);
            row.Atr14 = range;
            var up = h - high;
            var down = low - l;
            var plusDm = Larger(up, down);
            var minusDm = Larger(down, up);
            plus = Math.FusedMultiplyAdd(plusDm - plus, share, plus);
            minus = Math.FusedMultiplyAdd(minusDm - minus, share, minus);
            var dx = 100 * Math.Abs(plus - minus) / (plus + minus);
            adx = Math.FusedMultiplyAdd(dx - adx, share, adx);
            var scale = 100 / range;
            row.Adx14 = adx;
            row.PlusDi = scale * plus;
            row.MinusDi = scale * minus;

            row.DonchianUpper = double.MaxNative(headHigh, highs[at]);
            row.DonchianLower = double.MinNative(headLow, lows[at]);
            highs[at] = h;
            lows[at] = l;
            headHigh = double.MaxNative(headHigh, h);
            headLow = double.MinNative(headLow, l);

            var d = c - anchor;
            var old = closes[at];
            closes[at] = d;
            sum += d - old;
            squares = Math.FusedMultiplyAdd(d - old, d + old, squares);
            var mean = sum * perBar;
            var deviation = Math.Sqrt(
                double.MaxNative(0, Math.FusedMultiplyAdd(-mean, mean, squares * perBar)));
            var middle = mean + anchor;
            row.StdDev20 = deviation;
            row.BollingerMiddle = middle;
            row.BollingerDistance = 2 * deviation;

            var money = c * v;
            turnover += money - turnovers[at];
            volume += v - volumes[at];
            turnovers[at] = money;
            volumes[at] = v;
            row.Vwma20 = turnover / volume;

            (high, low, close) = (h, l, c);
            if (++at == Window)
            {
                at = 0;
                Suffixes(highs, lows);
                (headHigh, headLow) = (double.NegativeInfinity, double.PositiveInfinity);
            }
        }
    }

    // A mask, not a branch: which way the market moves cannot be predicted.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Larger(double move, double opposite) =>
        (Vector128.CreateScalarUnsafe(double.MaxNative(move, 0)) & Vector128.GreaterThan(
            Vector128.CreateScalarUnsafe(move), Vector128.CreateScalarUnsafe(opposite))).ToScalar();

    private static void Suffixes(Span<double> highs, Span<double> lows)
    {
        double high = double.NegativeInfinity, low = double.PositiveInfinity;
        for (var i = highs.Length - 1; i >= 0; i--)
        {
            highs[i] = high = double.MaxNative(high, highs[i]);
            lows[i] = low = double.MinNative(low, lows[i]);
        }
    }

    private struct Seeds
    {
        public double Ema200, Fast, Slow, Signal, Gain, Loss, Range, Plus, Minus, Adx;

        public void Take(ReadOnlySpan<Candle> bars)
        {
            for (var i = 0; i < bars.Length; i++) Bar(bars, i);
            Ema200 /= bars.Length;
        }

        private void Bar(ReadOnlySpan<Candle> bars, int i)
        {
            var c = bars[i].Close;
            Ema200 += c;
            Seed(ref Fast, c, i, 12, 2.0 / 13);
            Seed(ref Slow, c, i, 26, 2.0 / 27);
            if (i >= 25) Seed(ref Signal, Fast - Slow, i - 25, 9, 0.2);
            if (i == 0) return;
            var change = c - bars[i - 1].Close;
            Seed(ref Gain, Math.Max(change, 0), i - 1, Wilder, 1.0 / Wilder);
            Seed(ref Loss, Math.Max(-change, 0), i - 1, Wilder, 1.0 / Wilder);
            var tr = Math.Max(bars[i].High, bars[i - 1].Close) - Math.Min(bars[i].Low, bars[i - 1].Close);
            Seed(ref Range, tr, i - 1, Wilder, 1.0 / Wilder);
            double up = bars[i].High - bars[i - 1].High, down = bars[i - 1].Low - bars[i].Low;
            Seed(ref Plus, up > down ? Math.Max(up, 0) : 0, i - 1, Wilder, 1.0 / Wilder);
            Seed(ref Minus, down > up ? Math.Max(down, 0) : 0, i - 1, Wilder, 1.0 / Wilder);
            if (i < Wilder) return;
            Seed(ref Adx, 100 * Math.Abs(Plus - Minus) / (Plus + Minus), i - Wilder, Wilder, 1.0 / Wilder);
        }

        private static void Seed(ref double value, double input, int index, int periods, double weight)
        {
            if (index < periods - 1) value += input;
            else if (index == periods - 1) value = (value + input) / periods;
            else value = Math.FusedMultiplyAdd(weight, input - value, value);
        }
    }
}

using FuturesBot.Domain.Market;

namespace FuturesBot.Simulator.Market;

/// <summary>
/// The way from a minute's open to its close, second by second, for display: through both extremes, and
/// the same whenever it is asked. Nothing that decides sees it.
/// </summary>
internal static class IntraMinutePath
{
    private const int Seconds = 60;

    /// <param name="bar">The minute as it will close.</param>
    /// <param name="fraction">How much of the minute has passed, 0 to 1; from 1 on it is the closed candle.</param>
    /// <param name="ticksPerUnit">1 / tick size.</param>
    /// <param name="stepsPerUnit">1 / step size.</param>
    public static Candle At(in Candle bar, double fraction, double ticksPerUnit, double stepsPerUnit)
    {
        if (fraction >= 1) return bar;
        var second = (int)(Math.Max(0, fraction) * Seconds);
        var way = Way.Of(bar);
        var (high, low, last) = (bar.Open, bar.Open, bar.Open);
        for (var at = 1; at <= second; at++)
        {
            last = Math.Clamp(Math.Round(way.PriceAt(at) * ticksPerUnit) / ticksPerUnit, bar.Low, bar.High);
            high = Math.Max(high, last);
            low = Math.Min(low, last);
        }

        var share = second / (double)Seconds;
        return bar with
        {
            High = high,
            Low = low,
            Close = last,
            Volume = Math.Floor(bar.Volume * share * stepsPerUnit) / stepsPerUnit,
            QuoteVolume = bar.QuoteVolume * share,
            TakerBuyVolume = Math.Floor(bar.TakerBuyVolume * share * stepsPerUnit) / stepsPerUnit,
            Trades = (long)(bar.Trades * share),
        };
    }

    private readonly record struct Way(Candle Bar, bool HighFirst, int First, int Second, ulong Key)
    {
        public static Way Of(in Candle bar)
        {
            var key = Mix((ulong)bar.OpenTimeMs ^ (ulong)BitConverter.DoubleToInt64Bits(bar.Close));
            var first = 5 + (int)(key % 22);
            var second = first + 6 + (int)((key >> 8) % (ulong)(Seconds - 9 - first));
            // Three in four rising minutes dip first.
            var highFirst = bar.IsUp == ((key >> 20) % 4 == 0);
            return new(bar, highFirst, first, second, key);
        }

        public double PriceAt(int second)
        {
            var (extreme1, extreme2) = HighFirst ? (Bar.High, Bar.Low) : (Bar.Low, Bar.High);
            if (second == First) return extreme1;
            if (second == Second) return extreme2;
            var along = second < First ? Line(Bar.Open, extreme1, second / (double)First)
                : second < Second ? Line(extreme1, extreme2, (second - First) / (double)(Second - First))
                : Line(extreme2, Bar.Close, (second - Second) / (double)(Seconds - Second));
            var tremble = ((Mix(Key + (ulong)second) >> 40) / (double)(1 << 24)) - 0.5;
            return along + (0.22 * Bar.Range * tremble);
        }

        private static double Line(double from, double to, double share) => from + ((to - from) * share);
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EBUL;
            return z ^ (z >> 31);
        }
    }
}

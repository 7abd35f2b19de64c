namespace FuturesBot.Simulator.Market;

/// <summary>
/// The trades that make up a minute's candle. They follow from the candle, the seed and the number of aggregates
/// alone, so that they are the same whenever and in whatever steps they are asked for; and they add up to the candle: first, highest,
/// lowest and last price, quantity, quantity of the buyers and number of trades.
/// </summary>
/// <remarks>
/// Some generated minutes have fewer trades than the candle has different prices (one trade, and an open that is not the
/// close). No trades add up to those; the last price then goes before the high, the low and the open.
/// </remarks>
internal sealed class MinutePlan
{
    /// <summary>Tenths of a second in a minute: the finest grain.</summary>
    public const int Slots = 600;

    /// <summary>The fewest aggregates that any grain has: enough for four prices and both sides.</summary>
    public const int AggregatesMin = 8;

    private readonly PlannedTrade[] _trades = new PlannedTrade[Slots];
    private readonly double[] _prices = new double[Slots];
    private readonly double[] _weights = new double[Slots];
    private readonly bool[] _buys = new bool[Slots];
    private Xoshiro256 _random;
    private int _count;

    public ReadOnlySpan<PlannedTrade> Trades => _trades.AsSpan(0, _count);

    /// <summary>How many aggregates a minute has: nearly one per trade when there are few, never more than the minute's limit.</summary>
    public static int CountOf(in MinuteBar bar)
    {
        var trades = Math.Min(bar.Trades, bar.Volume);
        return trades <= 0 ? 0 : (int)Math.Min((trades * Slots / (trades + Slots)) + 1, bar.AggregatesMax);
    }

    public void Make(in MinuteBar bar, long seed, int symbol, long minute)
    {
        _random = Xoshiro256.Of(unchecked(seed ^ (minute * 0x2545_F491_4F6C_DD1DL)), symbol);
        _count = CountOf(bar);
        if (_count == 0) return;
        Prices(bar);
        var buys = Sides(bar);
        Share(bar, buys);
    }

    private void Prices(in MinuteBar bar)
    {
        var last = _count - 1;
        var (high, low) = Extremes(bar, last);
        _prices[0] = high == 0 ? bar.High : low == 0 ? bar.Low : bar.Open;
        _prices[last] = bar.Close;
        var (from, noise) = (0, (bar.High - bar.Low) / Math.Sqrt(_count) * 1.2);
        for (var at = 1; at <= last; at++)
        {
            if (at != high && at != low && at != last) continue;
            _prices[at] = at == last ? bar.Close : at == high ? bar.High : bar.Low;
            Between(from, at, noise, bar);
            from = at;
        }
    }

    // Where the extremes are traded: at the ends when open or close is one, else at two different places between.
    private (int High, int Low) Extremes(in MinuteBar bar, int last)
    {
        var high = bar.High == bar.Open ? 0 : bar.High == bar.Close ? last : -1;
        var low = bar.Low == bar.Open ? 0 : bar.Low == bar.Close ? last : -1;
        if (last < 2) return (high, low);
        if (high >= 0 && low >= 0) return (high, low);
        var one = 1 + Below(last - 1);
        if (high >= 0) return (high, one);
        if (low >= 0 || last < 3) return (one, low);
        var other = 1 + Below(last - 2);
        return other >= one ? (one, other + 1) : (one, other);
    }

    // Midpoint displacement: a random walk that begins and ends where it must and stays within the candle.
    private void Between(int from, int to, double noise, in MinuteBar bar)
    {
        if (to - from < 2) return;
        var middle = (from + to) / 2;
        var share = (middle - from) / (double)(to - from);
        var straight = _prices[from] + ((_prices[to] - _prices[from]) * share);
        var bump = noise * Math.Sqrt(to - from) * (_random.Uniform() + _random.Uniform() - 1);
        _prices[middle] = Math.Clamp(Math.Round(straight + bump), bar.Low, bar.High);
        Between(from, middle, noise, bar);
        Between(middle, to, noise, bar);
    }

    // A rise is someone buying, a fall someone selling. Each side needs a step per aggregate, and at least one aggregate if it has steps.
    private int Sides(in MinuteBar bar)
    {
        var (sold, buys) = (bar.Volume - bar.TakerBuy, 0);
        var share = bar.TakerBuy / (double)bar.Volume;
        for (var i = 0; i < _count; i++)
        {
            var move = i == 0 ? 0 : _prices[i] - _prices[i - 1];
            _buys[i] = move > 0 || (move == 0 && _random.Chance(share));
            if (_buys[i]) buys++;
        }

        var most = (int)Math.Min(bar.TakerBuy, sold > 0 ? Math.Max(_count - 1, _count == 1 && share >= 0.5 ? 1 : 0) : _count);
        var least = (int)Math.Max(_count - sold, bar.TakerBuy > 0 && most > 0 ? 1 : 0);
        for (var i = Below(_count); buys > most || buys < least; i = (i + 1) % _count)
        {
            if (_buys[i] != buys > most) continue;
            _buys[i] = !_buys[i];
            buys += _buys[i] ? 1 : -1;
        }

        return buys;
    }

    private void Share(in MinuteBar bar, int buys)
    {
        var trades = Math.Min(bar.Trades, bar.Volume);
        var (bought, sold) = (bar.TakerBuy, bar.Volume - bar.TakerBuy);
        if (buys == 0) (bought, sold) = (0, bar.Volume);            // a single aggregate has one side
        else if (buys == _count) (bought, sold) = (bar.Volume, 0);
        var least = Math.Max(buys, trades - sold);
        var most = Math.Min(bought, trades - (_count - buys));
        var share = (long)(trades * (bought / (double)bar.Volume));
        var tradesOfBuyers = Math.Max(least, Math.Min(share, most));
        var (buyWeight, sellWeight) = Weigh();
        var buying = new Sharing(buyWeight, tradesOfBuyers - buys, bought - tradesOfBuyers);
        var selling = new Sharing(sellWeight, trades - tradesOfBuyers - (_count - buys), sold - (trades - tradesOfBuyers));
        for (var i = 0; i < _count; i++)
        {
            var (lo, hi) = (i * Slots / _count, (i + 1) * Slots / _count);
            var (count, steps) = _buys[i] ? buying.Next(_weights[i]) : selling.Next(_weights[i]);
            _trades[i] = new((short)(lo + Below(hi - lo)), _buys[i], (int)(1 + count), (int)_prices[i], 1 + count + steps);
        }
    }

    // Most aggregates are small, a few are large.
    private (double Buys, double Sells) Weigh()
    {
        var (buys, sells) = (0.0, 0.0);
        for (var i = 0; i < _count; i++)
        {
            var draw = _random.Uniform();
            _weights[i] = 0.2 + (8 * draw * draw * draw);
            if (_buys[i]) buys += _weights[i];
            else sells += _weights[i];
        }

        return (buys, sells);
    }

    private int Below(int count) => (int)(_random.Uniform() * count);

    /// <summary>Hands out two totals by weight; the shares add up to them exactly.</summary>
    private struct Sharing(double weights, long trades, long steps)
    {
        private double _weight;
        private long _trades;
        private long _steps;

        public (long Trades, long Steps) Next(double weight)
        {
            // Sums in the same order as before: the last share ends at exactly 1.
            _weight += weight;
            var share = _weight / weights;
            var (tradesTo, stepsTo) = ((long)(trades * share), (long)(steps * share));
            if (_weight >= weights) (tradesTo, stepsTo) = (trades, steps);
            var part = (tradesTo - _trades, stepsTo - _steps);
            (_trades, _steps) = (tradesTo, stepsTo);
            return part;
        }
    }
}

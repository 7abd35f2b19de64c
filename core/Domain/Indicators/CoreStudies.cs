using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// EMA200, RSI14, MACD(12, 26, 9), ATR14, ADX14, Bollinger(20, 2), Donchian20, VWMA20 and StdDev20 of one
/// series in one pass: what nine objects would compute more than once (true range, window, deviation)
/// is computed once, and what comes in twos is computed as a pair. Every value is bit-identical to
/// that of the class of its name, which documents formula and warm-up: a reader starts there. Pairs are
/// <see cref="Vector128{T}"/>, whose arithmetic is the same on every platform.
/// Warm-up 200, as of the EMA; each other value shows as soon as it is defined.
/// </summary>
public sealed class CoreStudies : IIndicator<Candle, CoreReading>
{
    private const int Slowest = 200;
    private const int Fast = 12;
    private const int Slow = 26;
    private const int Signal = 9;
    private const int Wilder = 14;
    private const int Window = 20;
    private const double WilderShare = 1.0 / Wilder;
    private const double WindowShare = 1.0 / Window;

    private readonly Slot[] _slots = new Slot[Window];
    private readonly Vector128<double>[] _seeds = new Vector128<double>[8];
    private int _bars;
    private int _at;
    private int _equal;
    private int _zeros;

    private double _ema = double.NaN;
    private double _fast = double.NaN;
    private double _slow = double.NaN;
    private double _signal = double.NaN;

    // Pairs are (up, down): of a low or a fall the negative is kept, so that one maximum serves both.
    private Vector128<double> _lastExtremes;
    private Vector128<double> _lastClose = Vector128.Create(double.NaN);
    private Vector128<double> _changes = Vector128.Create(double.NaN);
    private Vector128<double> _moves = Vector128.Create(double.NaN);
    private double _range = double.NaN;
    private double _adx = double.NaN;

    private Vector128<double> _head = Vector128.Create(double.NegativeInfinity);
    private Vector128<double> _flows;             // turnover and volume of the window
    private Vector128<double> _flowsSinceWrap;
    private double _anchor;
    private double _sum;
    private double _squares;

    public CoreStudies() =>
        Array.Fill(_slots, new() { Extremes = Vector128.Create(double.NegativeInfinity) });

    public int WarmupBars => Slowest;

    public CoreReading Update(in Candle input)
    {
        Update(input, out var reading);
        return reading;
    }

    /// <summary>Folds the next closed candle in; the faster form, which copies nothing.</summary>
    // Not inlined: within a caller's loop the compiler spills what it can keep in registers here (measured:
    // a third slower).
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Update(in Candle bar, out CoreReading reading)
    {
        if (_bars < Slowest)
        {
            WarmUp(bar, out reading);
            return;
        }

        Unsafe.SkipInit(out reading);   // every field is set below
        var close = Pair(bar.Close, -bar.Close);
        var extremes = Pair(bar.High, -bar.Low);
        Average(bar.Close, ref reading);
        Move(close, extremes, ref reading);
        Shift(bar, extremes, ref reading);
        (_lastClose, _lastExtremes) = (close, extremes);
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Carry(_slots);
        carrier.Carry(_seeds);
        carrier.Carry(ref _bars);
        carrier.Carry(ref _at);
        carrier.Carry(ref _equal);
        carrier.Carry(ref _zeros);
        carrier.Carry(ref _ema);
        carrier.Carry(ref _fast);
        carrier.Carry(ref _slow);
        carrier.Carry(ref _signal);
        carrier.Carry(ref _lastExtremes);
        carrier.Carry(ref _lastClose);
        carrier.Carry(ref _changes);
        carrier.Carry(ref _moves);
        carrier.Carry(ref _range);
        carrier.Carry(ref _adx);
        carrier.Carry(ref _head);
        carrier.Carry(ref _flows);
        carrier.Carry(ref _flowsSinceWrap);
        carrier.Carry(ref _anchor);
        carrier.Carry(ref _sum);
        carrier.Carry(ref _squares);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Average(double close, ref CoreReading reading)
    {
        var fast = _fast = Math.FusedMultiplyAdd(2.0 / (Fast + 1.0), close - _fast, _fast);
        var slow = _slow = Math.FusedMultiplyAdd(2.0 / (Slow + 1.0), close - _slow, _slow);
        var signal = _signal = Math.FusedMultiplyAdd(2.0 / (Signal + 1.0), fast - slow - _signal, _signal);
        reading.Ema200 = _ema = Math.FusedMultiplyAdd(2.0 / (Slowest + 1.0), close - _ema, _ema);
        reading.Macd = new(fast - slow, signal);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Move(Vector128<double> close, Vector128<double> extremes, ref CoreReading reading)
    {
        var changes = _changes = Smooth(_changes, Positive(close - _lastClose));
        var moves = _moves = Smooth(_moves, Larger(extremes - _lastExtremes));
        var range = Vector128.Sum(Vector128.MaxNative(extremes, _lastClose));   // max(H, c) − min(L, c)
        _range = Math.FusedMultiplyAdd(range - _range, WilderShare, _range);
        _adx = Math.FusedMultiplyAdd(Adx.Index(moves[0], moves[1]) - _adx, WilderShare, _adx);
        ReadMove(changes, moves, ref reading);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReadMove(Vector128<double> changes, Vector128<double> moves, ref CoreReading reading)
    {
        var range = _range;
        var directions = moves * (range > 0 ? 100 / range : 0);
        reading.Rsi14 = Rsi.Read(changes[0], changes[1]);
        reading.Atr14 = range;
        reading.Adx14 = new(_adx, directions[0], directions[1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Shift(in Candle bar, Vector128<double> extremes, ref CoreReading reading)
    {
        ref var slot = ref _slots[_at];
        var before = Vector128.MaxNative(_head, slot.Extremes);
        reading.Donchian20 = new(before[0], -before[1]);
        _head = Vector128.MaxNative(_head, extremes);
        slot.Extremes = extremes;

        double close = bar.Close, change = close - slot.Close;
        _sum += change;
        _squares = Math.FusedMultiplyAdd(change, close - _anchor + (slot.Close - _anchor), _squares);
        slot.Close = close;

        var flows = Pair(close * bar.Volume, bar.Volume);
        _flows += flows - slot.Flows;
        _flowsSinceWrap += flows;
        slot.Flows = flows;

        if (close == _lastClose[0]) CountEqual(close);
        else _equal = 1;
        if (bar.Volume == 0) CountZero();
        else _zeros = 0;
        if (++_at == Window) Wrap(close);
        ReadWindow(close, ref reading);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReadWindow(double close, ref CoreReading reading)
    {
        double sum = _sum, turnover = _flows[0], volume = _flows[1];
        var deviation = Math.Sqrt(
            double.MaxNative(0, Math.FusedMultiplyAdd(-sum * WindowShare, sum, _squares)) * WindowShare);
        reading.StdDev20 = deviation;
        reading.Bollinger20 = new(close, Math.FusedMultiplyAdd(sum, WindowShare, _anchor), 2 * deviation);
        reading.Vwma20 = volume > 0 ? turnover / volume : double.NaN;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Pair(double up, double down) => Vector128.Create(up, down);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Positive(Vector128<double> pair) =>
        Vector128.MaxNative(pair, Vector128<double>.Zero);

    /// <summary>Directional movement: of the two only the larger, and only where it is positive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Larger(Vector128<double> pair) =>
        Positive(pair) & Vector128.GreaterThan(pair, Vector128.Shuffle(pair, Vector128.Create(1L, 0L)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Smooth(Vector128<double> mean, Vector128<double> value) =>
        Vector128.FusedMultiplyAdd(value - mean, Vector128.Create(WilderShare), mean);

    // As RollingVariance: n equal values deviate by exactly 0.
    private void CountEqual(double close)
    {
        if (_equal < Window) _equal++;
        if (_equal == Window) (_anchor, _sum, _squares) = (close, 0, 0);
    }

    // As RollingSum: nothing but zeros adds up to exactly 0.
    private void CountZero()
    {
        if (_zeros < Window) _zeros++;
        if (_zeros == Window) _flows = default;
    }

    // As RollingVariance, RollingSum and RollingRange: the window is summed anew and its tail prepared.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Wrap(double anchor)
    {
        double sum = 0, squares = 0;
        var extremes = Vector128.Create(double.NegativeInfinity);
        var slots = _slots;
        for (var i = 0; i < slots.Length; i++)
        {
            var distance = slots[i].Close - anchor;
            sum += distance;
            squares = Math.FusedMultiplyAdd(distance, distance, squares);
            ref var mirrored = ref slots[slots.Length - 1 - i];
            mirrored.Extremes = extremes = Vector128.MaxNative(extremes, mirrored.Extremes);
        }

        (_anchor, _sum, _squares) = (anchor, sum, squares);
        _head = Vector128.Create(double.NegativeInfinity);
        (_flows, _flowsSinceWrap) = (_flowsSinceWrap, default);
        _at = 0;
    }

    // Until bar 200 the averages that have no seed yet collect it; the rest goes on as ever.
    private void WarmUp(in Candle bar, out CoreReading reading)
    {
        reading = default;
        var index = _bars++;
        var close = Pair(bar.Close, -bar.Close);
        var extremes = Pair(bar.High, -bar.Low);
        if (index == 0) Start(bar.Close);
        else SeedMoves(close, extremes, index - 1);
        SeedAverages(bar.Close, index);
        Shift(bar, extremes, ref reading);
        (_lastClose, _lastExtremes) = (close, extremes);

        reading.Ema200 = _ema;
        reading.Macd = new(_fast - _slow, _signal);
        ReadMove(_changes, _moves, ref reading);
        if (index < Wilder)
            (reading.Rsi14, reading.Adx14) = (double.NaN, new(double.NaN, double.NaN, double.NaN));
        if (index < Window) reading.Donchian20 = new(double.NaN, double.NaN);
        if (index >= Window - 1) return;
        reading.Vwma20 = reading.StdDev20 = double.NaN;
        reading.Bollinger20 = new(double.NaN, double.NaN, double.NaN);
    }

    // As RollingVariance: before the first bar the window is as if its close had always been there.
    private void Start(double close)
    {
        for (var i = 0; i < _slots.Length; i++) _slots[i].Close = close;
        _anchor = close;
    }

    private void SeedAverages(double close, int index)
    {
        Seed(0, ref _ema, close, index, Slowest, 2.0 / (Slowest + 1.0));
        Seed(1, ref _fast, close, index, Fast, 2.0 / (Fast + 1.0));
        Seed(2, ref _slow, close, index, Slow, 2.0 / (Slow + 1.0));
        Seed(3, ref _signal, _fast - _slow, index - (Slow - 1), Signal, 2.0 / (Signal + 1.0));
    }

    private void SeedMoves(Vector128<double> close, Vector128<double> extremes, int index)
    {
        var range = Vector128.Sum(Vector128.MaxNative(extremes, _lastClose));
        Seed(4, ref _changes, Positive(close - _lastClose), index, Wilder, WilderShare);
        Seed(5, ref _moves, Larger(extremes - _lastExtremes), index, Wilder, WilderShare);
        Seed(6, ref _range, range, index, Wilder, WilderShare);
        Seed(7, ref _adx, Adx.Index(_moves[0], _moves[1]), index - (Wilder - 1), Wilder, WilderShare);
    }

    private void Seed(int seed, ref double mean, double value, int index, int periods, double share)
    {
        var pair = Vector128.Create(mean);
        Seed(seed, ref pair, Vector128.Create(value), index, periods, share);
        mean = pair[0];
    }

    /// <param name="seed">Which seed.</param>
    /// <param name="mean">NaN until the seed is complete.</param>
    /// <param name="value">Next value.</param>
    /// <param name="index">How many values came before it; below 0 it does not count yet.</param>
    /// <param name="periods">Number of values in the seed.</param>
    /// <param name="share">Weight of a value once the seed is complete.</param>
    private void Seed(
        int seed, ref Vector128<double> mean, Vector128<double> value, int index, int periods, double share)
    {
        if (index >= periods)
            mean = Vector128.FusedMultiplyAdd(value - mean, Vector128.Create(share), mean);
        else if (index >= 0)
            _seeds[seed] += value;
        if (index == periods - 1) mean = _seeds[seed] / periods;
    }

    /// <summary>What one bar leaves in the window of 20.</summary>
    private struct Slot
    {
        /// <summary>High and negated low; after a wrap their maxima from here to the block's end.</summary>
        public Vector128<double> Extremes;

        /// <summary>Turnover and volume.</summary>
        public Vector128<double> Flows;

        public double Close;
    }
}

using System.Runtime.CompilerServices;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Mean and population variance of the last n values in O(1) amortised. The sums are those of the
/// distances to a recent value, not of the values: Σx² − (Σx)²/n of prices near 100,000 would cancel
/// ten digits away. Each wrap of the ring sums the window anew, so that an error lives for less than n
/// updates.
/// </summary>
internal struct RollingVariance(int periods)
{
    private readonly double[] _ring = new double[periods];
    private readonly double _share = 1.0 / periods;
    private double _anchor;
    private double _sum;
    private double _squares;
    private double _last;
    private int _at;
    private int _equal;
    private bool _full;

    /// <summary>True once n values are held.</summary>
    public readonly bool IsFull => _full;

    /// <summary>Mean; exactly the value when all n are equal.</summary>
    public readonly double Mean => Math.FusedMultiplyAdd(_sum, _share, _anchor);

    /// <summary>Population variance, ≥ 0; exactly 0 when all n are equal.</summary>
    public readonly double Variance =>
        double.MaxNative(0, Math.FusedMultiplyAdd(-_sum * _share, _sum, _squares)) * _share;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double value)
    {
        if (_equal == 0) Start(value);
        var ring = _ring;
        ref var slot = ref ring[_at];
        var old = slot;
        slot = value;
        var change = value - old;
        _sum += change;
        _squares = Math.FusedMultiplyAdd(change, value - _anchor + (old - _anchor), _squares);
        if (value == _last) CountEqual();
        else _equal = 1;
        _last = value;
        if (++_at == ring.Length) Wrap();
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Carry(_ring);
        carrier.Carry(ref _anchor);
        carrier.Carry(ref _sum);
        carrier.Carry(ref _squares);
        carrier.Carry(ref _last);
        carrier.Carry(ref _at);
        carrier.Carry(ref _equal);
        carrier.Carry(ref _full);
    }

    // Before the first value the window is as if it had always been there: its distances are 0.
    private void Start(double value)
    {
        Array.Fill(_ring, value);
        _anchor = value;
    }

    // n equal values have a variance of exactly 0; a rounding rest would make z-scores of it.
    private void CountEqual()
    {
        if (_equal < _ring.Length) _equal++;
        if (_equal == _ring.Length) (_anchor, _sum, _squares) = (_last, 0, 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Wrap()
    {
        var anchor = _last;
        double sum = 0, squares = 0;
        foreach (var value in _ring)
        {
            var distance = value - anchor;
            sum += distance;
            squares = Math.FusedMultiplyAdd(distance, distance, squares);
        }

        (_anchor, _sum, _squares, _at, _full) = (anchor, sum, squares, 0, true);
    }
}

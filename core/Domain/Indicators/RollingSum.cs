using System.Runtime.CompilerServices;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Sum of the last n values in O(1). It does not drift: beside the running sum it adds up the values
/// since the ring's start, and whenever the ring wraps that plain sum, which never had anything
/// subtracted, takes over. An error lives for less than n updates.
/// </summary>
internal struct RollingSum(int periods)
{
    private readonly double[] _ring = new double[periods];
    private double _sum;
    private double _sinceWrap;
    private int _at;
    private int _zeros;
    private bool _full;

    /// <summary>True once n values are held.</summary>
    public readonly bool IsFull => _full;

    /// <summary>Sum of the values held.</summary>
    public readonly double Sum => _sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double value)
    {
        var ring = _ring;
        ref var slot = ref ring[_at];
        _sum += value - slot;
        slot = value;
        _sinceWrap += value;
        if (value == 0) CountZero();
        else _zeros = 0;
        if (++_at == ring.Length) Wrap();
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Carry(_ring);
        carrier.Carry(ref _sum);
        carrier.Carry(ref _sinceWrap);
        carrier.Carry(ref _at);
        carrier.Carry(ref _zeros);
        carrier.Carry(ref _full);
    }

    // Nothing but zeros adds up to exactly 0; a rounding rest of what left would make 0/0 a number.
    private void CountZero()
    {
        if (_zeros < _ring.Length) _zeros++;
        if (_zeros == _ring.Length) _sum = 0;
    }

    private void Wrap()
    {
        _sum = _sinceWrap;
        _sinceWrap = 0;
        _at = 0;
        _full = true;
    }
}

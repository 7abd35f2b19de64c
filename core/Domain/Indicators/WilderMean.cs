using System.Runtime.CompilerServices;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Wilder's smoothing: the mean of the first n values, then m ← (m·(n−1) + x)/n, here as
/// m + (x − m)/n. It is what ATR, RSI, ADX and SMMA share.
/// </summary>
internal struct WilderMean(int periods)
{
    private readonly int _periods = periods;
    private readonly double _share = 1.0 / periods;
    private double _value;
    private int _held;

    public readonly bool IsFull => _held == _periods;

    /// <summary>The smoothed value; a plain sum until n values are in.</summary>
    public readonly double Value => _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double value)
    {
        if (_held == _periods) _value = Math.FusedMultiplyAdd(value - _value, _share, _value);
        else Seed(value);
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Carry(ref _value);
        carrier.Carry(ref _held);
    }

    private void Seed(double value)
    {
        _value += value;
        if (++_held == _periods) _value /= _periods;
    }
}

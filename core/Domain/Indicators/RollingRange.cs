using System.Runtime.CompilerServices;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Highest high and lowest low of the last n bars in O(1) amortised, without branches that depend on
/// the prices (van Herk 1992, Gil and Werman 1993): the window is the tail of the block before and
/// the head of the current one; whenever a block of n is full, its slots are replaced by the extremes
/// from there to its end.
/// </summary>
internal struct RollingRange(int periods)
{
    private readonly double[] _highs = Filled(periods, double.NegativeInfinity);
    private readonly double[] _lows = Filled(periods, double.PositiveInfinity);
    private double _headHigh = double.NegativeInfinity;
    private double _headLow = double.PositiveInfinity;
    private int _at;
    private bool _full;

    /// <summary>True once n bars are held.</summary>
    public readonly bool IsFull => _full;

    /// <summary>Highest of the bars held.</summary>
    public readonly double High => double.MaxNative(_headHigh, _highs[_at]);

    /// <summary>Lowest of the bars held.</summary>
    public readonly double Low => double.MinNative(_headLow, _lows[_at]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double high, double low)
    {
        var highs = _highs;
        highs[_at] = high;
        _lows[_at] = low;
        _headHigh = double.MaxNative(_headHigh, high);
        _headLow = double.MinNative(_headLow, low);
        if (++_at == highs.Length) Wrap();
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Carry(_highs);
        carrier.Carry(_lows);
        carrier.Carry(ref _headHigh);
        carrier.Carry(ref _headLow);
        carrier.Carry(ref _at);
        carrier.Carry(ref _full);
    }

    private static double[] Filled(int length, double value)
    {
        var values = new double[length];
        Array.Fill(values, value);
        return values;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Wrap()
    {
        double high = double.NegativeInfinity, low = double.PositiveInfinity;
        for (var i = _highs.Length - 1; i >= 0; i--)
        {
            _highs[i] = high = double.MaxNative(high, _highs[i]);
            _lows[i] = low = double.MinNative(low, _lows[i]);
        }

        (_headHigh, _headLow) = (double.NegativeInfinity, double.PositiveInfinity);
        (_at, _full) = (0, true);
    }
}

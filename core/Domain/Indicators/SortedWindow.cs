using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// The last n values in order of size. An update finds the two places by bisection and moves what lies
/// between them: O(log n) comparisons and one block copy, at most 8·n bytes.
/// </summary>
internal struct SortedWindow(int periods)
{
    private readonly double[] _ring = new double[periods];
    private readonly double[] _sorted = new double[periods];
    private int _at;
    private int _held;

    public readonly bool IsFull => _held == _ring.Length;

    /// <summary>The values held, smallest first.</summary>
    public readonly ReadOnlySpan<double> Sorted => _sorted.AsSpan(0, _held);

    /// <summary>Middle value; the mean of the two middle ones when their number is even.</summary>
    public readonly double Median => (_sorted[(_held - 1) / 2] + _sorted[_held / 2]) / 2;

    /// <summary>How many values held are below <paramref name="value"/>.</summary>
    public readonly int CountBelow(double value)
    {
        int low = 0, high = _held;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_sorted[middle] < value) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>How many values held are at most <paramref name="value"/>.</summary>
    public readonly int CountUpTo(double value) => CountBelow(Math.BitIncrement(value));

    public void Add(double value)
    {
        value += 0.0;   // −0 becomes 0: both must be found in the same place
        if (_held < _ring.Length)
        {
            var place = CountBelow(value);
            Array.Copy(_sorted, place, _sorted, place + 1, _held - place);
            _sorted[place] = value;
            _held++;
        }
        else
        {
            Replace(_ring[_at], value);
        }

        _ring[_at] = value;
        if (++_at == _ring.Length) _at = 0;
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Carry(_ring);
        carrier.Carry(_sorted);
        carrier.Carry(ref _at);
        carrier.Carry(ref _held);
    }

    private readonly void Replace(double old, double value)
    {
        var from = CountBelow(old);
        var to = CountBelow(value);
        if (to > from)
        {
            to--;   // the old value itself was counted below the new one
            Array.Copy(_sorted, from + 1, _sorted, from, to - from);
        }
        else
        {
            Array.Copy(_sorted, to, _sorted, to + 1, from - to);
        }

        _sorted[to] = value;
    }
}

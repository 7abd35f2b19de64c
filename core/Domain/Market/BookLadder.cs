using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FuturesBot.Domain.Market;

/// <summary>
/// One side of an order book: quantities in an array indexed by tick, a bit per occupied tick, and the levels below
/// the array's window in <see cref="FarLevels"/>. A level's <b>key</b> is its price in ticks, negated on the ask side:
/// the best level has the highest key on both sides, and one code serves both. The best level always stands in the
/// window.
/// </summary>
internal sealed class BookLadder
{
    /// <summary>Ticks in the window: 64 KB of quantities a side.</summary>
    public const int Window = 8_192;

    // Where the best level stands after the window moved: an eighth of it lies ahead, for a price that runs on.
    private const int BestAtFirst = Window / 8 * 7;

    // When the best stands lower and there are levels below the window, the window follows.
    private const int BestLowest = Window / 2;

    private readonly long[] _quantities = new long[Window];
    private readonly ulong[] _occupied = new ulong[Window / 64];
    private readonly FarLevels _far;
    private readonly long _sign;   // 0 for bids, −1 for asks: x ^ sign − sign negates or not
    private TickGrid _grid;
    private long _base = Nowhere;  // key of slot 0
    private int _best = -1;        // slot of the best level; −1 only when the whole side is empty

    public BookLadder(bool asks, TickGrid grid, int farLevelsMax)
    {
        _sign = asks ? -1 : 0;
        _grid = grid;
        _far = new(farLevelsMax);
    }

    public bool IsEmpty => _best < 0;

    /// <summary>Units of 10⁻⁸ quote; 0 when the side is empty.</summary>
    public long BestPrice => _best < 0 ? 0 : PriceOf(_base + _best);

    /// <summary>Units of 10⁻⁸ base; 0 when the side is empty.</summary>
    public long BestQuantity => _best < 0 ? 0 : _quantities[_best];

    /// <summary>Levels that were given up because there were too many.</summary>
    public long Forgotten => _far.Forgotten;

    public int Bytes => ((_quantities.Length + _occupied.Length) * sizeof(long)) + _far.Bytes;

    public int Levels
    {
        get
        {
            var levels = _far.Count;
            foreach (var word in _occupied) levels += BitOperations.PopCount(word);
            return levels;
        }
    }

    // No key lies below it, so the first level moves the window to itself.
    private const long Nowhere = long.MinValue / 2;

    /// <summary>Applies changes in order.</summary>
    /// <returns>Levels refused: off the grid, a price that is not positive, a negative quantity.</returns>
    public int Apply(ReadOnlySpan<BookLevel> changes)
    {
        var refused = 0;
        foreach (ref readonly var change in changes)
        {
            var ticks = _grid.TicksOf(change.Price);
            if (unchecked(ticks - 1) >= _grid.TicksMax || change.Quantity < 0)
                refused++;
            else
                Set(unchecked(((long)ticks ^ _sign) - _sign), change.Quantity);
        }

        if (_best >= 0 && _best < BestLowest && _far.Count > 0) MoveWindow(_base + _best);
        return refused;
    }

    public void Clear(TickGrid grid)
    {
        _grid = grid;
        Array.Clear(_quantities);
        Array.Clear(_occupied);
        _far.Clear();
        _base = Nowhere;
        _best = -1;
    }

    /// <summary>The best levels, best first; returns how many.</summary>
    public int CopyTo(Span<BookLevel> levels)
    {
        var count = 0;
        for (var slot = _best; slot >= 0 && count < levels.Length; slot = Below(slot))
            levels[count++] = new(PriceOf(_base + slot), _quantities[slot]);
        if (count == levels.Length || _far.Count == 0) return count;

        // Whoever asks for levels beyond the window asks rarely: a sorted copy will do.
        var keys = new long[_far.Count];
        var quantities = new long[_far.Count];
        _far.CopyTo(keys, quantities);
        Array.Sort(keys, quantities);
        for (var i = keys.Length - 1; i >= 0 && count < levels.Length; i--)
            levels[count++] = new(PriceOf(keys[i]), quantities[i]);
        return count;
    }

    /// <summary>Sum of the best levels' quantities, units of 10⁻⁸ base.</summary>
    public double SumBest(int levels)
    {
        var sum = 0.0;
        for (var slot = _best; slot >= 0 && levels > 0; slot = Below(slot), levels--) sum += _quantities[slot];
        return sum;
    }

    /// <summary>
    /// Σ quantity · weight of the distance from the middle, units of 10⁻⁸ base, over the levels within
    /// <see cref="DistanceWeights.MaxBp"/>.
    /// </summary>
    /// <param name="midTicks">Middle of best bid and ask, in ticks.</param>
    public double SumWeighted(double midTicks)
    {
        var midKey = _sign == 0 ? midTicks : -midTicks;
        var bpPerTick = 10_000 / midTicks;
        var sum = 0.0;
        for (var slot = _best; slot >= 0; slot = Below(slot))
        {
            var distanceBp = (midKey - (_base + slot)) * bpPerTick;
            if (distanceBp > DistanceWeights.MaxBp) return sum;
            sum += _quantities[slot] * DistanceWeights.At(distanceBp);
        }

        for (var place = 0; _far.TryNext(ref place, out var key, out var quantity);)
        {
            var distanceBp = (midKey - key) * bpPerTick;
            if (distanceBp <= DistanceWeights.MaxBp) sum += quantity * DistanceWeights.At(distanceBp);
        }

        return sum;
    }

    /// <summary>Sum of the quantities down to a distance from the middle, units of 10⁻⁸ base.</summary>
    /// <param name="midTicks">Middle of best bid and ask, in ticks.</param>
    /// <param name="depthTicks">Distance from there.</param>
    public double SumWithin(double midTicks, double depthTicks)
    {
        var lowest = (_sign == 0 ? midTicks : -midTicks) - depthTicks;
        var sum = 0.0;
        for (var slot = _best; slot >= 0; slot = Below(slot))
        {
            if (_base + slot < lowest) return sum;
            sum += _quantities[slot];
        }

        for (var place = 0; _far.TryNext(ref place, out var key, out var quantity);)
        {
            if (key >= lowest) sum += quantity;
        }

        return sum;
    }

    private long PriceOf(long key) => ((key ^ _sign) - _sign) * _grid.TickSize;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(long key, long quantity)
    {
        var slot = unchecked((ulong)(key - _base));
        if (slot < Window)
            SetWithin((int)slot, quantity);
        else
            SetOutside(key, quantity);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetWithin(int slot, long quantity)
    {
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_quantities), slot) = quantity;
        ref var word = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_occupied), slot >> 6);
        if (quantity != 0)
        {
            word |= 1UL << slot;
            if (slot > _best) _best = slot;
        }
        else
        {
            word &= ~(1UL << slot);
            if (slot == _best) LeaveBest();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SetOutside(long key, long quantity)
    {
        if (key >= _base + Window)
        {
            if (quantity == 0) return;   // above the best stands nothing
            MoveWindow(key);
            SetWithin(BestAtFirst, quantity);
        }
        else if (quantity == 0)
        {
            _far.Remove(key);
        }
        else
        {
            _far.Set(key, quantity);
        }
    }

    /// <summary>The best level went: the next one takes its place, from below the window if need be.</summary>
    private void LeaveBest()
    {
        _best = Below(_best);
        if (_best < 0 && _far.Count > 0) MoveWindow(_far.HighestKey());
    }

    /// <summary>The next occupied slot below; −1 when there is none in the window.</summary>
    private int Below(int slot)
    {
        var index = slot >> 6;
        var word = _occupied[index] & ((1UL << slot) - 1);
        while (word == 0)
        {
            if (--index < 0) return -1;
            word = _occupied[index];
        }

        return (index << 6) + BitOperations.Log2(word);
    }

    /// <summary>
    /// Puts a key, which no level surpasses, at the place of the best. Levels that the window leaves behind go far, and
    /// those that it reaches come in.
    /// </summary>
    private void MoveWindow(long bestKey)
    {
        var to = bestKey - BestAtFirst;
        if (_best >= 0) Shift(to - _base);
        _base = to;

        for (var place = 0; _far.TryTake(to, ref place, out var key, out var quantity);)
            _quantities[(int)(key - to)] = quantity;
        Array.Clear(_occupied);
        _best = -1;
        for (var slot = 0; slot < Window; slot++)
        {
            if (_quantities[slot] == 0) continue;
            _occupied[slot >> 6] |= 1UL << slot;
            _best = slot;
        }
    }

    private void Shift(long by)
    {
        if (by > 0)
        {
            var leaving = (int)Math.Min(by, Window);
            for (var slot = 0; slot < leaving; slot++)
            {
                if (_quantities[slot] != 0) _far.Set(_base + slot, _quantities[slot]);
            }

            Array.Copy(_quantities, leaving, _quantities, 0, Window - leaving);
            Array.Clear(_quantities, Window - leaving, leaving);
        }
        else
        {
            var entering = (int)Math.Min(-by, Window);
            Array.Copy(_quantities, 0, _quantities, entering, Window - entering);
            Array.Clear(_quantities, 0, entering);
        }
    }
}

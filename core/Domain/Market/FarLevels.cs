using System.Numerics;

namespace FuturesBot.Domain.Market;

/// <summary>
/// The levels of one side that lie outside the ladder's window: a hash table with open addressing, because they are
/// written often and read in order hardly ever. It grows by doubling up to a bound and never shrinks.
/// </summary>
internal sealed class FarLevels
{
    private const int CapacityAtFirst = 256;

    private readonly int _levelsMax;
    private long[] _keys = [];
    private long[] _quantities = [];   // 0 marks a free place
    private int _shift = 64;

    /// <param name="levelsMax">More levels than this, and the deepest quarter is forgotten.</param>
    public FarLevels(int levelsMax) => _levelsMax = levelsMax;

    public int Count { get; private set; }

    /// <summary>Levels forgotten at the bound.</summary>
    public long Forgotten { get; private set; }

    public int Bytes => (_keys.Length + _quantities.Length) * sizeof(long);

    public void Set(long key, long quantity)
    {
        if (4 * (Count + 1) > 3 * _keys.Length) Grow();
        var place = Find(key);
        if (_quantities[place] == 0)
        {
            _keys[place] = key;
            Count++;
        }

        _quantities[place] = quantity;
        if (Count > _levelsMax) ForgetDeepest();
    }

    public void Remove(long key)
    {
        if (Count == 0) return;
        var place = Find(key);
        if (_quantities[place] == 0) return;
        Count--;

        // What follows in the same run moves up, so that no search ends early at the hole.
        var mask = _keys.Length - 1;
        var hole = place;
        for (var next = (hole + 1) & mask; _quantities[next] != 0; next = (next + 1) & mask)
        {
            if (((next - Home(_keys[next])) & mask) < ((next - hole) & mask)) continue;
            _keys[hole] = _keys[next];
            _quantities[hole] = _quantities[next];
            hole = next;
        }

        _quantities[hole] = 0;
    }

    public void Clear()
    {
        Array.Clear(_quantities);
        Count = 0;
    }

    /// <summary>The best of them; only when there is one.</summary>
    public long HighestKey()
    {
        var highest = long.MinValue;
        for (var place = 0; place < _keys.Length; place++)
        {
            if (_quantities[place] != 0 && _keys[place] > highest) highest = _keys[place];
        }

        return highest;
    }

    /// <summary>Copies all levels, in no order; the spans hold at least <see cref="Count"/>.</summary>
    public void CopyTo(Span<long> keys, Span<long> quantities)
    {
        var count = 0;
        for (var place = 0; place < _keys.Length; place++)
        {
            if (_quantities[place] == 0) continue;
            keys[count] = _keys[place];
            quantities[count++] = _quantities[place];
        }
    }

    /// <summary>The next level, in no order; the walk goes on at <paramref name="place"/>.</summary>
    public bool TryNext(ref int place, out long key, out long quantity)
    {
        while (place < _keys.Length && _quantities[place] == 0) place++;
        var found = place < _keys.Length;
        (key, quantity) = found ? (_keys[place], _quantities[place]) : (0, 0);
        place++;
        return found;
    }

    /// <summary>Takes out the next level from this key up; the search goes on at <paramref name="place"/>.</summary>
    public bool TryTake(long keyMin, ref int place, out long key, out long quantity)
    {
        for (; place < _keys.Length; place++)
        {
            if (_quantities[place] == 0 || _keys[place] < keyMin) continue;
            (key, quantity) = (_keys[place], _quantities[place]);
            Remove(key);   // another may have moved to this place: it is looked at again
            return true;
        }

        (key, quantity) = (0, 0);
        return false;
    }

    // Fibonacci hashing: neighbouring prices are spread evenly.
    private int Home(long key) => (int)(unchecked((ulong)key * 0x9E37_79B9_7F4A_7C15) >> _shift);

    private int Find(long key)
    {
        var mask = _keys.Length - 1;
        var place = Home(key);
        while (_quantities[place] != 0 && _keys[place] != key) place = (place + 1) & mask;
        return place;
    }

    private void Grow()
    {
        var (keys, quantities) = (_keys, _quantities);
        var capacity = Math.Max(CapacityAtFirst, 2 * keys.Length);
        (_keys, _quantities) = (new long[capacity], new long[capacity]);
        _shift = 64 - BitOperations.Log2((uint)capacity);
        for (var place = 0; place < keys.Length; place++)
        {
            if (quantities[place] == 0) continue;
            var home = Find(keys[place]);
            (_keys[home], _quantities[home]) = (keys[place], quantities[place]);
        }
    }

    private void ForgetDeepest()
    {
        var keys = new long[Count];
        var quantities = new long[Count];
        CopyTo(keys, quantities);
        Array.Sort(keys, quantities);
        for (var i = 0; i < keys.Length / 4; i++) Remove(keys[i]);
        Forgotten += keys.Length / 4;
    }
}

namespace FuturesBot.Simulator.Market;

/// <summary>
/// One side of a book, sorted with the best level last, where nearly all changes are. A level's key is its price for
/// bids and minus its price for asks, so that the best always has the greatest key.
/// </summary>
internal sealed class BookSide(int sign, int room)
{
    private long[] _keys = new long[room];
    private long[] _steps = new long[room];

    public int Count { get; private set; }

    /// <summary>Key of the best level; <see cref="long.MinValue"/> when there is none.</summary>
    public long BestKey => Count > 0 ? _keys[Count - 1] : long.MinValue;

    /// <summary>Key of the worst level.</summary>
    public long WorstKey => _keys[0];

    public long KeyOf(long ticks) => ticks * sign;

    public long TicksOf(long key) => key * sign;

    /// <param name="place">0 is the best.</param>
    public DepthLevel this[int place] => new(_keys[Count - 1 - place] * sign, _steps[Count - 1 - place]);

    public long KeyAt(int place) => _keys[Count - 1 - place];

    /// <summary>Quantity at a key, 0 when there is none.</summary>
    public long StepsAt(long key)
    {
        var at = Find(key);
        return at >= 0 ? _steps[at] : 0;
    }

    /// <param name="key">Where.</param>
    /// <param name="steps">0 removes the level.</param>
    public void Set(long key, long steps)
    {
        var at = Find(key);
        if (at >= 0)
        {
            if (steps > 0) _steps[at] = steps;
            else Remove(at, 1);
        }
        else if (steps > 0)
        {
            Insert(~at, key, steps);
        }
    }

    /// <summary>Takes the worst levels away.</summary>
    public void DropWorst(int count) => Remove(0, count);

    /// <summary>Adds levels behind the worst; the keys fall.</summary>
    public void AddWorst(ReadOnlySpan<DepthLevel> keysAndSteps)
    {
        var added = keysAndSteps.Length;
        Grow(added);
        Array.Copy(_keys, 0, _keys, added, Count);
        Array.Copy(_steps, 0, _steps, added, Count);
        for (var i = 0; i < added; i++) (_keys[added - 1 - i], _steps[added - 1 - i]) = (keysAndSteps[i].Ticks, keysAndSteps[i].Steps);
        Count += added;
    }

    private int Find(long key)
    {
        // Most questions are about the best few levels.
        for (var at = Count - 1; at >= 0 && at >= Count - 6; at--)
        {
            if (_keys[at] == key) return at;
            if (_keys[at] < key) return ~(at + 1);
        }

        return Array.BinarySearch(_keys, 0, Count, key);
    }

    private void Insert(int at, long key, long steps)
    {
        Grow(1);
        Array.Copy(_keys, at, _keys, at + 1, Count - at);
        Array.Copy(_steps, at, _steps, at + 1, Count - at);
        (_keys[at], _steps[at]) = (key, steps);
        Count++;
    }

    private void Remove(int at, int count)
    {
        Count -= count;
        Array.Copy(_keys, at + count, _keys, at, Count - at);
        Array.Copy(_steps, at + count, _steps, at, Count - at);
    }

    private void Grow(int by)
    {
        if (Count + by <= _keys.Length) return;
        var size = Math.Max(_keys.Length * 2, Count + by);
        Array.Resize(ref _keys, size);
        Array.Resize(ref _steps, size);
    }
}

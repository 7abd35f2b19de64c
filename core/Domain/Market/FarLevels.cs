using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FuturesBot.Domain.Market;

/// <summary>
/// The levels of one side that lie below the ladder's window: a hash table, because they are written often and read in
/// order hardly ever. A bucket holds four keys and their four quantities, one cache line, and is searched in one step;
/// what does not fit goes to the next one. A removed level keeps its place with quantity 0, so that setting and removing
/// are one and the same; the next new level that comes by takes it over. When half of the places are in use the
/// table is built anew without the empty ones, twice as large if that is not enough.
/// </summary>
internal sealed class FarLevels
{
    private const int BucketKeys = 4;
    private const int BucketShift = 3;
    private const int BucketsAtFirst = 16;

    // No price has this key, so it marks a free place.
    private const long Free = long.MinValue;

    private readonly int _levelsMax;
    private long[] _table;     // bucket after bucket, a power of two of them: four keys, four quantities
    private uint _bucketMask;
    private int _shift;
    private int _usedMax;
    private int _used;         // places that are not free, emptied levels among them

    /// <param name="levelsMax">More levels than this, and the deepest quarter is forgotten.</param>
    public FarLevels(int levelsMax)
    {
        _levelsMax = levelsMax;
        Allocate(BucketsAtFirst);
    }

    /// <summary>Whether there may be a level; false is certain.</summary>
    public bool IsUsed => _used > 0;

    /// <summary>Levels forgotten at the bound.</summary>
    public long Forgotten { get; private set; }

    /// <summary>The highest key that was forgotten since the last <see cref="Reset"/>: up to it nothing is known; null when none was.</summary>
    public long? ForgottenTo { get; private set; }

    public int Bytes => _table.Length * sizeof(long);

    private int Places => _table.Length / 2;

    /// <summary>Counts them.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            for (var place = 0; TryNext(ref place, out _, out _);) count++;
            return count;
        }
    }

    /// <summary>
    /// Sets a level; quantity 0 removes it. False when there is no room for a new one: nothing has changed then, and there is after
    /// <see cref="MakeRoom"/>.
    /// </summary>
    public bool TrySet(long key, long quantity)
    {
        ref var table = ref MemoryMarshal.GetArrayDataReference(_table);
        var sought = Vector256.Create(key);
        for (var bucket = Home(key); ; bucket = unchecked(bucket + 1) & _bucketMask)
        {
            ref var keys = ref Unsafe.Add(ref table, (nint)(bucket << BucketShift));
            var four = Vector256.LoadUnsafe(ref keys);
            var found = Vector256.Equals(four, sought).ExtractMostSignificantBits();
            if (found != 0)
            {
                Unsafe.Add(ref keys, (nint)(uint)(BucketKeys | BitOperations.TrailingZeroCount(found))) = quantity;
                return true;
            }

            // Keys fill a bucket from the first place on: an open last one ends the search.
            if (Unsafe.Add(ref keys, BucketKeys - 1) != Free) continue;
            if (quantity == 0) return true;
            if (_used >= _usedMax) return false;

            var empty = Vector256.Equals(Vector256.LoadUnsafe(ref keys, BucketKeys), Vector256<long>.Zero);
            keys = ref Unsafe.Add(ref keys, BitOperations.TrailingZeroCount(empty.ExtractMostSignificantBits()));
            if (keys == Free) _used = unchecked(_used + 1);
            keys = key;
            Unsafe.Add(ref keys, BucketKeys) = quantity;
            return true;
        }
    }

    /// <summary>Removes the levels below a key, which nobody needs; true when a quarter of the room has become free by it.</summary>
    public bool DropBelow(long key)
    {
        var needed = 0;
        for (var place = 0; TryNext(ref place, out var known, out _);)
        {
            if (known >= key) needed++;
        }

        if (4 * needed > 3 * _usedMax) return false;
        Rebuild(from: key, levels: needed, buckets: _table.Length >> BucketShift);
        return true;
    }

    /// <summary>Begins anew.</summary>
    public void Reset()
    {
        Clear();
        ForgottenTo = null;
    }

    public void Clear()
    {
        for (var place = 0; place < Places; place++) (KeyAt(place), QuantityAt(place)) = (Free, 0);
        _used = 0;
    }

    /// <summary>Key of the best level; false when there is none.</summary>
    public bool TryHighest(out long highest)
    {
        highest = Free;
        for (var place = 0; TryNext(ref place, out var key, out _);) highest = Math.Max(highest, key);
        return highest != Free;
    }

    /// <summary>Sum of the best levels' quantities; a search through the whole table for each.</summary>
    public double SumHighest(int levels)
    {
        var (sum, above) = (0.0, long.MaxValue);
        for (; levels > 0; levels--)
        {
            var (highest, best) = (Free, 0L);
            for (var place = 0; TryNext(ref place, out var key, out var quantity);)
            {
                if (key < above && key > highest) (highest, best) = (key, quantity);
            }

            if (highest == Free) break;
            sum += best;
            above = highest;
        }

        return sum;
    }

    /// <summary>Copies all levels, in no order; the spans hold <see cref="Count"/>.</summary>
    public void CopyTo(Span<long> keys, Span<long> quantities)
    {
        var count = 0;
        for (var place = 0; TryNext(ref place, out var key, out var quantity); count++)
            (keys[count], quantities[count]) = (key, quantity);
    }

    /// <summary>The next level, in no order; the walk goes on at <paramref name="place"/>.</summary>
    public bool TryNext(ref int place, out long key, out long quantity)
    {
        for (; place < Places; place++)
        {
            if (QuantityAt(place) == 0) continue;
            (key, quantity) = (KeyAt(place), QuantityAt(place));
            place++;
            return true;
        }

        (key, quantity) = (0, 0);
        return false;
    }

    // Fibonacci hashing: neighbouring prices are spread evenly.
    private uint Home(long key) => unchecked((uint)((ulong)key * 0x9E37_79B9_7F4A_7C15 >> _shift));

    private ref long KeyAt(int place) =>
        ref _table[((place & -BucketKeys) << 1) | (place & (BucketKeys - 1))];

    private ref long QuantityAt(int place) =>
        ref _table[((place & -BucketKeys) << 1) | BucketKeys | (place & (BucketKeys - 1))];

    [MemberNotNull(nameof(_table))]
    private void Allocate(int buckets)
    {
        _table = new long[buckets << BucketShift];
        _bucketMask = (uint)buckets - 1;
        _usedMax = Places / 2;
        _shift = 64 - BitOperations.Log2((uint)buckets);
        Clear();
    }

    /// <summary>
    /// Builds the table anew without the emptied levels; a quarter of what it may hold is free afterwards. At the bound the deepest quarter
    /// of the levels is forgotten.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void MakeRoom()
    {
        var count = Count;
        if (count >= _levelsMax) count -= Forget(count);
        var buckets = _table.Length >> BucketShift;
        Rebuild(from: Free, count, 16 * count > 6 * Places ? 2 * buckets : buckets);
    }

    /// <summary>Builds the table anew without the emptied levels. It stays as large as it is: what it held once it may hold again.</summary>
    public void Tidy() => Rebuild(from: Free, Count, _table.Length >> BucketShift);

    /// <summary>Drops the deepest quarter of all levels; how many.</summary>
    private int Forget(int count)
    {
        var rented = ArrayPool<long>.Shared.Rent(2 * count);
        var keys = rented.AsSpan(0, count);
        CopyTo(keys, rented.AsSpan(count, count));
        keys.Sort();
        var gone = count / 4;
        ForgottenTo = Math.Max(ForgottenTo ?? Free, keys[gone - 1]);
        for (var i = 0; i < gone; i++) TrySet(keys[i], 0);
        ArrayPool<long>.Shared.Return(rented);
        Forgotten += gone;
        return gone;
    }

    /// <param name="from">Levels below this key are left out.</param>
    /// <param name="levels">How many are not.</param>
    /// <param name="buckets">A power of two with room for them.</param>
    private void Rebuild(long from, int levels, int buckets)
    {
        var rented = ArrayPool<long>.Shared.Rent(2 * levels);
        var count = 0;
        for (var place = 0; TryNext(ref place, out var key, out var quantity);)
        {
            if (key < from) continue;
            (rented[count], rented[levels + count]) = (key, quantity);
            count++;
        }

        if (buckets != _table.Length >> BucketShift) Allocate(buckets);
        else Clear();
        for (var i = 0; i < count; i++) TrySet(rented[i], rented[levels + i]);
        ArrayPool<long>.Shared.Return(rented);
    }
}

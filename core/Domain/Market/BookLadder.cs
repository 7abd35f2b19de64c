using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FuturesBot.Domain.Market;

/// <summary>
/// One side of an order book: quantities in an array indexed by tick, and the levels below the array's window in
/// <see cref="FarLevels"/>. A level's <b>key</b> is its price in ticks, negated on the ask side: the best level has the
/// highest key on both sides, and one code serves both. The best level always stands in the window, and nothing above it.
/// </summary>
/// <remarks>
/// The window begins small and doubles where the levels that it would take in cost more outside: most symbols have a few hundred
/// levels near each other, and five hundred books of the largest window would take 64 MB. It never shrinks.
/// </remarks>
internal sealed class BookLadder
{
    /// <summary>Ticks in the window of a new book: 4 KB of quantities a side.</summary>
    public const int WindowAtFirst = 512;

    /// <summary>Ticks in the largest window: 64 KB of quantities a side.</summary>
    public const int WindowMax = 8_192;

    // No key lies below it, so the first level moves the window to itself.
    private const long Nowhere = long.MinValue / 2;

    // What a level outside costs in slots of the window: it takes five times as much memory, and to weigh it takes an exponential.
    private const int SlotsPerFarLevel = 16;

    private const int WordSlots = 64;
    private const int WordShift = 6;

    // Some zeros lie behind the window, so that vectors that begin in it never end outside of the array.
    private static readonly int ZerosBehind = 2 * Vector256<long>.Count;

    private readonly FarLevels _far;
    private long[] _quantities = new long[WindowAtFirst + ZerosBehind];
    private int _window = WindowAtFirst;
    private readonly long _sign;   // 0 for bids, −1 for asks: (x ^ sign) − sign negates or not
    private TickGrid _grid;
    private long _base = Nowhere;  // key of slot 0
    private int _best = -1;        // slot of the best level; −1 only when the whole side is empty
    private long _knownKey = long.MinValue;   // below it nobody knows which levels there are

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

    /// <summary>The best price that was given up so, units of 10⁻⁸ quote; null when none was.</summary>
    public long? ForgottenTo => _far.ForgottenTo is { } key ? PriceOf(key) : null;

    /// <summary>
    /// Price down to which (up to which, for asks) every level is known; levels beyond it go when room is needed. Cleared by
    /// <see cref="Clear"/>.
    /// </summary>
    public long KnownTo
    {
        set => _knownKey = KeyOf(value);
    }

    public int Bytes => (_quantities.Length * sizeof(long)) + _far.Bytes;

    // Where the best level stands after the window moved: an eighth of it lies ahead, for a price that runs on.
    private int BestAtFirst => _window / 8 * 7;

    // When the best stands lower and there are levels below the window, the window follows.
    private int BestLowest => _window / 2;

    /// <summary>Counts them.</summary>
    public int Levels
    {
        get
        {
            var levels = _far.Count;
            for (var word = _best >> WordShift; word >= 0; word--) levels += BitOperations.PopCount(Occupied(word));
            return levels;
        }
    }

    /// <summary>Applies changes in order.</summary>
    /// <returns>Levels refused: off the grid, a price that is not positive, a negative quantity.</returns>
    public int Apply(ReadOnlySpan<BookLevel> changes)
    {
        // Updates are sorted by price, so the changes outside the window come in runs: each kind has its own loop.
        var refused = 0;
        for (var i = ApplyWithin(changes, 0); i < changes.Length; i = ApplyWithin(changes, i))
            i = ApplyOutside(changes, i, ref refused);
        if (_best < BestLowest && _far.IsUsed) FollowDown();
        return refused;
    }

    public void Clear(TickGrid grid)
    {
        _grid = grid;
        Array.Clear(_quantities);
        _far.Reset();
        _base = Nowhere;
        _best = -1;
        _knownKey = long.MinValue;
    }

    /// <summary>The best levels, best first; returns how many.</summary>
    public int CopyTo(Span<BookLevel> levels)
    {
        var count = 0;
        for (var word = _best >> WordShift; word >= 0 && count < levels.Length; word--)
        {
            for (var bits = Occupied(word); bits != 0 && count < levels.Length;)
            {
                var slot = TakeHighest(ref bits, word);
                levels[count++] = new(PriceOf(_base + slot), _quantities[slot]);
            }
        }

        if (count == levels.Length || !_far.IsUsed) return count;

        // Whoever asks for levels beyond the window asks rarely: a sorted copy will do.
        var far = _far.Count;
        var (keys, quantities) = (new long[far], new long[far]);
        _far.CopyTo(keys, quantities);
        Array.Sort(keys, quantities);
        for (var i = far - 1; i >= 0 && count < levels.Length; i--)
            levels[count++] = new(PriceOf(keys[i]), quantities[i]);
        return count;
    }

    /// <summary>Sum of the best levels' quantities, units of 10⁻⁸ base; NaN when they reach beyond what is known.</summary>
    /// <param name="levels">How many.</param>
    /// <param name="knownTo">Price down to which (up to which, for asks) every level is known; null when all are.</param>
    public double SumBest(int levels, long? knownTo = null)
    {
        var wanted = levels;
        var knownKey = knownTo is { } price ? KeyOf(price) : long.MinValue;
        ref var quantities = ref MemoryMarshal.GetArrayDataReference(_quantities);
        var sum = Vector256<double>.Zero;
        for (var slot = _best & -Vector256<long>.Count; slot >= 0; slot -= Vector256<long>.Count)
        {
            // Four slots at a time: empty ones add nothing, and above the best all are empty.
            var four = Vector256.LoadUnsafe(ref quantities, (nuint)slot);
            var empty = Vector256.Equals(four, Vector256<long>.Zero);
            var found = Vector256<long>.Count - BitOperations.PopCount(empty.ExtractMostSignificantBits());
            if (found >= levels)
            {
                var last = slot;
                for (var i = Vector256<long>.Count - 1; levels > 0; i--)
                {
                    var quantity = Unsafe.Add(ref quantities, slot + i);
                    if (quantity == 0) continue;
                    sum += Vector256.CreateScalar((double)quantity);
                    last = slot + i;
                    levels--;
                }

                return _base + last < knownKey ? double.NaN : SumOf(sum);
            }

            levels -= found;
            sum += Vector256.ConvertToDouble(four);
        }

        if (knownKey > long.MinValue && !Knows(wanted, knownKey)) return double.NaN;
        return SumOf(sum) + (_far.IsUsed ? _far.SumHighest(levels) : 0);
    }

    private bool Knows(int levels, long knownKey)
    {
        var best = new BookLevel[levels];
        return CopyTo(best) == levels && KeyOf(best[^1].Price) >= knownKey;
    }

    private long KeyOf(long price) => ((price / _grid.TickSize) ^ _sign) - _sign;

    /// <summary>
    /// Σ quantity · exp(−distance / 10 bp), units of 10⁻⁸ base, over the levels within reach of the middle
    /// (<see cref="DepthDecay"/>).
    /// </summary>
    /// <param name="midTicks">Middle of best bid and ask, in ticks; no level of this side lies beyond it.</param>
    /// <param name="reachBp">Levels further away do not count, at most <see cref="DepthDecay.MaxBp"/>.</param>
    public double SumWeighted(double midTicks, double reachBp)
    {
        var perTick = 10_000 / (DepthDecay.LengthBp * midTicks);
        var reachTicks = midTicks * reachBp / 10_000;
        if (reachTicks < 0.5) return 0;   // not even the best levels are that near

        var midKey = _sign == 0 ? midTicks : -midTicks;
        var lowest = midKey - reachTicks - _base;
        var sum = SumGrowing((int)Math.Ceiling(Math.Max(lowest, 0)), midKey - _base, perTick);
        if (lowest >= 0) return sum;

        for (var place = 0; _far.TryNext(ref place, out var key, out var quantity);)
        {
            var distance = midKey - key;
            if (distance <= reachTicks) sum += quantity * DepthDecay.At(distance * perTick);
        }

        return sum;
    }

    /// <summary>Sum of the quantities down to a distance from the middle, units of 10⁻⁸ base.</summary>
    /// <param name="midTicks">Middle of best bid and ask, in ticks.</param>
    /// <param name="depthTicks">Distance from there.</param>
    public double SumWithin(double midTicks, double depthTicks)
    {
        var lowest = (_sign == 0 ? midTicks : -midTicks) - depthTicks;
        if (lowest >= _base) return SumFrom((int)Math.Ceiling(lowest - _base));

        var sum = SumFrom(0);
        for (var place = 0; _far.TryNext(ref place, out var key, out var quantity);)
        {
            if (key >= lowest) sum += quantity;
        }

        return sum;
    }

    private long PriceOf(long key) => ((key ^ _sign) - _sign) * _grid.TickSize;

    /// <summary>
    /// From a slot up, each weighted exp(−(middle − slot) · per tick). From one slot to the next the weight grows by the
    /// same factor, so none is computed on its own, and eight slots are added at a time: empty ones add nothing.
    /// </summary>
    private double SumGrowing(int slot, double middle, double perTick)
    {
        if (slot > _best) return 0;
        ref var quantities = ref MemoryMarshal.GetArrayDataReference(_quantities);
        var factor = 1 / DepthDecay.At(perTick);
        var (square, first) = (factor * factor, DepthDecay.At((middle - slot) * perTick));
        var low = Vector256.Create(first, first * factor, first * square, first * square * factor);
        var high = low * (square * square);
        var step = square * square * square * square;
        var (sumLow, sumHigh) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (; slot <= _best; slot += 2 * Vector256<long>.Count)
        {
            sumLow += Vector256.ConvertToDouble(Vector256.LoadUnsafe(ref quantities, (nuint)slot)) * low;
            sumHigh += Vector256.ConvertToDouble(
                Vector256.LoadUnsafe(ref quantities, (nuint)(slot + Vector256<long>.Count))) * high;
            low *= step;
            high *= step;
        }

        return SumOf(sumLow + sumHigh);
    }

    // In this order on every processor; the library's own sum leaves it open.
    private static double SumOf(Vector256<double> sums) => sums[0] + sums[1] + (sums[2] + sums[3]);

    /// <summary>Sum of the quantities from a slot up.</summary>
    private double SumFrom(int slot)
    {
        ref var quantities = ref MemoryMarshal.GetArrayDataReference(_quantities);
        var sum = Vector256<double>.Zero;
        for (; slot <= _best; slot += Vector256<long>.Count)
            sum += Vector256.ConvertToDouble(Vector256.LoadUnsafe(ref quantities, (nuint)slot));
        return SumOf(sum);
    }

    /// <summary>A bit for each of the 64 slots of a word that holds a level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Occupied(int word)
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_quantities), word * WordSlots);
        var empty = 0UL;
        if (Vector512.IsHardwareAccelerated)
        {
            for (var i = 0; i < WordSlots; i += Vector512<long>.Count)
            {
                var eight = Vector512.LoadUnsafe(ref first, (nuint)i);
                empty |= Vector512.Equals(eight, Vector512<long>.Zero).ExtractMostSignificantBits() << i;
            }

            return ~empty;
        }

        for (var i = 0; i < WordSlots; i += Vector256<long>.Count)
        {
            var four = Vector256.LoadUnsafe(ref first, (nuint)i);
            empty |= (ulong)Vector256.Equals(four, Vector256<long>.Zero).ExtractMostSignificantBits() << i;
        }

        return ~empty;
    }

    /// <summary>Takes the best slot out of a word's bits.</summary>
    private static int TakeHighest(ref ulong bits, int word)
    {
        var place = BitOperations.Log2(bits);
        bits ^= 1UL << place;
        return (word * WordSlots) + place;
    }

    /// <summary>Applies changes until one lies outside the window or is to be refused.</summary>
    /// <returns>Its index; the length when there is none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ApplyWithin(ReadOnlySpan<BookLevel> changes, int from)
    {
        // Fields in locals: after each store through a reference the compiler would read them again.
        ref var quantities = ref MemoryMarshal.GetArrayDataReference(_quantities);
        ref var first = ref MemoryMarshal.GetReference(changes);
        var (grid, sign, offset, best, window) = (_grid, _sign, _sign + _base, _best, (ulong)_window);
        var i = from;
        for (; i < changes.Length; i++)
        {
            // A price off the grid lies outside the window too.
            ref readonly var change = ref Unsafe.Add(ref first, i);
            var slot = unchecked((ulong)(((long)grid.TicksOf(change.Price) ^ sign) - offset));
            var quantity = change.Quantity;
            if (slot >= window || quantity < 0) break;

            // Whether a level stands or goes cannot be predicted; only at the best price a branch asks for it.
            Unsafe.Add(ref quantities, (nint)slot) = quantity;
            if ((int)slot < best) continue;
            if (quantity != 0)
            {
                best = (int)slot;
            }
            else if ((int)slot == best)
            {
                best = HighestFrom(best);
                if (best >= 0 || !_far.TryHighest(out var highest)) continue;
                MoveWindow(highest);
                (offset, best) = (sign + _base, _best);
            }
        }

        _best = best;
        return i;
    }

    /// <summary>Applies or refuses changes until one lies within the window.</summary>
    /// <returns>Its index; the length when there is none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ApplyOutside(ReadOnlySpan<BookLevel> changes, int from, ref int refused)
    {
        ref var first = ref MemoryMarshal.GetReference(changes);
        var (grid, sign, lowest, far) = (_grid, _sign, _base, _far);
        var i = from;
        for (; i < changes.Length; i++)
        {
            ref readonly var change = ref Unsafe.Add(ref first, i);
            var ticks = grid.TicksOf(change.Price);
            var key = unchecked(((long)ticks ^ sign) - sign);
            var quantity = change.Quantity;
            if (unchecked(ticks - 1) >= grid.TicksMax || quantity < 0)
            {
                refused++;
            }
            else if (key < lowest)
            {
                if (far.TrySet(key, quantity)) continue;
                Crowd(key, quantity);
                lowest = _base;
            }
            else if (unchecked(key - lowest) < _window)
            {
                break;
            }
            else if (quantity != 0)   // above the best stands nothing that could go
            {
                SetAbove(key, quantity);
                lowest = _base;
            }
        }

        return i;
    }

    /// <summary>
    /// A new level below the window finds no room. Levels that nobody needs go; then the window doubles as often as what it takes in
    /// costs more outside; then the table outside is built anew.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Crowd(long key, long quantity)
    {
        if (key < _knownKey) return;   // whether it is there or not says nothing
        if (!_far.DropBelow(_knownKey) && !TryWiden()) _far.MakeRoom();
        if (key < _base) SetFar(key, quantity);
        else _quantities[(int)(key - _base)] = quantity;
    }

    /// <summary>True when levels came in by it.</summary>
    private bool TryWiden()
    {
        if (_best < 0) return false;   // the side is moving elsewhere
        for (var window = 2 * _window; window <= WindowMax; window *= 2)
        {
            var from = BaseFor(_base + _best, window);
            var comeIn = 0;
            for (var place = 0; _far.TryNext(ref place, out var key, out _);)
            {
                if (key >= from) comeIn++;
            }

            if (comeIn * SlotsPerFarLevel < window - _window) continue;
            Widen(window, from);
            return true;
        }

        return false;
    }

    private void Widen(int window, long from)
    {
        var wide = new long[window + ZerosBehind];
        Array.Copy(_quantities, 0, wide, (int)(_base - from), _best + 1);   // above the best nothing stands
        _best += (int)(_base - from);
        (_quantities, _window, _base) = (wide, window, from);
        TakeIn();
        _far.Tidy();
    }

    private void SetFar(long key, long quantity)
    {
        if (_far.TrySet(key, quantity)) return;
        _far.MakeRoom();
        _far.TrySet(key, quantity);
    }

    private void SetAbove(long key, long quantity)
    {
        MoveWindow(key);
        _best = (int)(key - _base);
        _quantities[_best] = quantity;
    }

    /// <summary>The best level came near the window's end, or all levels are below it.</summary>
    private void FollowDown()
    {
        if (_best < 0)
        {
            if (_far.TryHighest(out var highest)) MoveWindow(highest);
        }
        else if (BaseFor(_base + _best) < _base)
        {
            MoveWindow(_base + _best);
        }
    }

    // The window holds positive prices alone: the change of any other one lies outside and is refused there.
    private long BaseFor(long bestKey) => BaseFor(bestKey, _window);

    private long BaseFor(long bestKey, int window)
    {
        var lowest = bestKey - (window / 8 * 7);
        return _sign == 0 ? Math.Max(lowest, 1) : Math.Min(lowest, -window);
    }

    /// <summary>
    /// Puts a key, which no level surpasses, at the place of the best. Levels that the window leaves behind go far, and
    /// those that it reaches come in.
    /// </summary>
    private void MoveWindow(long bestKey)
    {
        var to = BaseFor(bestKey);
        if (_best >= 0) Shift(to - _base);
        _base = to;
        TakeIn();
        _best = HighestFrom(_window - 1);
    }

    /// <summary>Brings the far levels that the window reaches into it.</summary>
    private void TakeIn()
    {
        for (var place = 0; _far.TryNext(ref place, out var key, out var quantity);)
        {
            if (key < _base) continue;
            _quantities[(int)(key - _base)] = quantity;
            _far.TrySet(key, 0);   // always finds room: nothing is added
        }
    }

    /// <summary>The best occupied slot in the words from a slot's own downwards; −1 when there is none.</summary>
    private int HighestFrom(int slot)
    {
        for (var word = slot >> WordShift; word >= 0; word--)
        {
            var bits = Occupied(word);
            if (bits != 0) return TakeHighest(ref bits, word);
        }

        return -1;
    }

    private void Shift(long by)
    {
        var distance = (int)Math.Min(Math.Abs(by), _window);
        if (by > 0)
        {
            for (var slot = 0; slot < distance; slot++)
            {
                if (_quantities[slot] != 0) SetFar(_base + slot, _quantities[slot]);
            }

            Array.Copy(_quantities, distance, _quantities, 0, _window - distance);
            Array.Clear(_quantities, _window - distance, distance);
        }
        else
        {
            Array.Copy(_quantities, 0, _quantities, distance, _window - distance);
            Array.Clear(_quantities, 0, distance);
        }
    }
}

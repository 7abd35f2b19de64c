using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>One side's levels, in an array that grows and is used again.</summary>
internal sealed class LevelBuffer
{
    private const int First = 64;

    private BookLevel[] _levels = [];
    private int _count;

    public ReadOnlySpan<BookLevel> Levels => _levels.AsSpan(0, _count);

    public void Clear() => _count = 0;

    /// <summary>False when the side is full.</summary>
    public bool TryAdd(BookLevel level)
    {
        if (_count == DepthUpdate.LevelsMax) return false;
        Reserve(_count + 1)[_count++] = level;
        return true;
    }

    /// <summary>
    /// Room for this many levels, or for as many as a side may have; the first of them are those that are there
    /// already. <see cref="Take"/> says how many were written.
    /// </summary>
    public Span<BookLevel> Reserve(int count)
    {
        count = Math.Min(count, DepthUpdate.LevelsMax);
        if (_levels.Length < count)
        {
            var larger = Math.Max(count, Math.Max(First, _levels.Length * 2));
            Array.Resize(ref _levels, Math.Min(larger, DepthUpdate.LevelsMax));
        }

        return _levels;
    }

    /// <summary>The first <paramref name="count"/> levels of what was reserved are the side.</summary>
    public void Take(int count) => _count = count;

    /// <exception cref="ArgumentException">Too many.</exception>
    public void Set(ReadOnlySpan<BookLevel> levels)
    {
        if (levels.Length > DepthUpdate.LevelsMax)
        {
            throw new ArgumentException(
                $"{levels.Length} levels on a side; at most {DepthUpdate.LevelsMax}", nameof(levels));
        }

        levels.CopyTo(Reserve(levels.Length));
        Take(levels.Length);
    }
}

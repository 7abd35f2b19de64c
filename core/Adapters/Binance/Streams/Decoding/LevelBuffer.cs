using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>One side's levels, in an array that grows and is used again.</summary>
internal sealed class LevelBuffer
{
    private const int First = 64;

    private BookLevel[] _levels = [];

    public int Count { get; private set; }

    public ReadOnlySpan<BookLevel> Levels => _levels.AsSpan(0, Count);

    public void Clear() => Count = 0;

    /// <summary>False when the side is full.</summary>
    public bool TryAdd(BookLevel level)
    {
        if (Count == _levels.Length && !TryGrow()) return false;
        _levels[Count++] = level;
        return true;
    }

    /// <exception cref="ArgumentException">Too many.</exception>
    public void Set(ReadOnlySpan<BookLevel> levels)
    {
        if (levels.Length > DepthUpdate.LevelsMax)
        {
            throw new ArgumentException(
                $"{levels.Length} levels on a side; at most {DepthUpdate.LevelsMax}", nameof(levels));
        }

        if (_levels.Length < levels.Length) _levels = new BookLevel[levels.Length];
        levels.CopyTo(_levels);
        Count = levels.Length;
    }

    private bool TryGrow()
    {
        if (Count == DepthUpdate.LevelsMax) return false;
        Array.Resize(ref _levels, Math.Clamp(Count * 2, First, DepthUpdate.LevelsMax));
        return true;
    }
}

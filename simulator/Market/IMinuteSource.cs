namespace FuturesBot.Simulator.Market;

/// <summary>Where the minutes of a simulated market come from.</summary>
public interface IMinuteSource : IDisposable
{
    /// <summary>Every other member takes a symbol by its place in this list.</summary>
    IReadOnlyList<MarketSymbol> Symbols { get; }

    /// <summary>What everything that is drawn at random beside the candles follows from: trades, books, funding.</summary>
    long Seed { get; }

    /// <summary>Open time of the minute that is read next, Unix milliseconds.</summary>
    long NextMinuteMs { get; }

    /// <summary>Time at which the minutes end; null while no end is known.</summary>
    long? EndMs { get; }

    /// <summary>Reads the next minute.</summary>
    /// <param name="minutes">A place per symbol, all of them default; one that stays so has no candle in this minute.</param>
    /// <returns>False at the end.</returns>
    bool TryRead(Span<SourceMinute> minutes);
}

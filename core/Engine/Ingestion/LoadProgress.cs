namespace FuturesBot.Engine.Ingestion;

/// <summary>How far loading is.</summary>
/// <param name="Done">Symbols that are done, the failed ones included.</param>
/// <param name="Failed">Symbols that failed for good.</param>
/// <param name="Total">Symbols to load.</param>
/// <param name="Candles">Candles added to the store.</param>
/// <param name="Elapsed">Wall time since the start.</param>
public readonly record struct LoadProgress(int Done, int Failed, int Total, long Candles, TimeSpan Elapsed)
{
    /// <summary>Symbols per minute of wall time; NaN at the start.</summary>
    public double PerMinute => Elapsed > TimeSpan.Zero ? Done / Elapsed.TotalMinutes : double.NaN;

    /// <summary>Wall time left at this rate; null while no symbol is done.</summary>
    public TimeSpan? Left => Done > 0 ? Elapsed / Done * (Total - Done) : null;
}

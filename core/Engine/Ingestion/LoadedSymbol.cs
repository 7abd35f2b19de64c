using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ingestion;

/// <summary>A symbol that the loader is done with. Its candles are in the store.</summary>
/// <param name="Symbol">Which.</param>
/// <param name="State">How it ended.</param>
/// <param name="Series">What became of each frame, as far as it came.</param>
/// <param name="Attempts">Attempts that it took.</param>
/// <param name="Fault">Why the last attempt failed; null when it did not.</param>
public sealed record LoadedSymbol(
    Symbol Symbol, LoadState State, IReadOnlyList<SeriesLoad> Series, int Attempts, string? Fault = null)
{
    /// <summary>Completeness of the frame that has the least.</summary>
    public double Completeness => Series.Count == 0 ? 0 : Series.Min(series => series.Completeness);
}

namespace FuturesBot.Engine.Ingestion;

/// <summary>How sound the stored candles are, after mending where it was asked for.</summary>
/// <param name="Series">Series by series.</param>
/// <param name="CompletenessMin">What each should reach.</param>
/// <param name="Mended">Candles that were added, replaced or removed.</param>
public sealed record IntegrityReport(IReadOnlyList<SeriesIntegrity> Series, double CompletenessMin, long Mended)
{
    /// <summary>Series with too few candles, or with candles that cannot be.</summary>
    public IReadOnlyList<SeriesIntegrity> Bad =>
        [.. Series.Where(series => series.Completeness < CompletenessMin || series.Duplicates + series.Impossible + series.Misaligned > 0)];

    public bool IsGood => Bad.Count == 0;

    /// <summary>Sound candles as a part of all expected ones.</summary>
    public double Completeness =>
        Series.Sum(series => series.Expected) is > 0 and var expected ? Series.Sum(series => series.Sound) / (double)expected : 1;
}

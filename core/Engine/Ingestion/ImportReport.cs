using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>What an import did, series by series.</summary>
public sealed record ImportReport(IReadOnlyList<ImportedSeries> Series)
{
    public ReadCounts Read => Series.Aggregate(default(ReadCounts), (sum, series) => sum + series.Read);

    public AppendCounts Stored =>
        Series.Aggregate(default(AppendCounts), (sum, series) => sum + series.Stored);

    public int Gaps => Series.Sum(series => series.Gaps.Count);

    public long MissingBars => Series.Sum(series => series.MissingBars);

    /// <summary>
    /// True when every row became a candle of the store: nothing refused, nothing in conflict, no file
    /// damaged. Gaps are facts of the market's history and no failure.
    /// </summary>
    public bool IsClean =>
        Read.Refused == 0 && Stored.Conflicts == 0 && Series.All(series => series.Fault is null);
}

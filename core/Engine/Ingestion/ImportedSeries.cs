using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>What importing one series did.</summary>
/// <param name="Series">Symbol and frame.</param>
/// <param name="Read">What became of the rows of its files.</param>
/// <param name="Stored">What became of the candles in the store.</param>
/// <param name="FirstOpenMs">Open time of the first candle read, UTC, Unix milliseconds; null when there was
/// none.</param>
/// <param name="LastOpenMs">Open time of the last candle read.</param>
/// <param name="Gaps">Holes between the candles read, whether rows were absent or refused.</param>
/// <param name="Fault">Why reading ended early, such as a damaged archive; null when it did not.</param>
public sealed record ImportedSeries(
    SeriesInfo Series,
    ReadCounts Read,
    AppendCounts Stored,
    long? FirstOpenMs,
    long? LastOpenMs,
    IReadOnlyList<CandleGap> Gaps,
    string? Fault)
{
    /// <summary>Candles missing in all gaps together.</summary>
    public long MissingBars => Gaps.Sum(gap => gap.Bars);
}

using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>What loading one series did.</summary>
/// <param name="Series">Symbol and frame.</param>
/// <param name="FromMs">First open time wanted, UTC, Unix milliseconds.</param>
/// <param name="ToMs">End of the range, not included.</param>
/// <param name="Had">Candles that the store had.</param>
/// <param name="FromArchive">Candles added from archive files.</param>
/// <param name="FromRequests">Candles added by request.</param>
/// <param name="Refused">Candles that were offered and impossible, doubled or outside of what was asked for.</param>
/// <param name="Weight">Request weight that it took.</param>
/// <param name="Gaps">
/// What is missing between the first candle and the end. What is missing before the first candle was not traded: the
/// exchange was asked for it and has none.
/// </param>
public sealed record SeriesLoad(
    SeriesInfo Series, long FromMs, long ToMs, long Had, long FromArchive, long FromRequests, long Refused, long Weight,
    IReadOnlyList<CandleGap> Gaps)
{
    /// <summary>Candles in the store now.</summary>
    public long Present => Had + FromArchive + FromRequests;

    public long Missing => Gaps.Sum(gap => gap.Bars);

    /// <summary>Candles there are, as a part of those between the first one and the end; 1 when nothing was to be had.</summary>
    public double Completeness => Present + Missing == 0 ? 1 : Present / (double)(Present + Missing);
}

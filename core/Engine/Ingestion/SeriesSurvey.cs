using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>What the store has of a series, from its first candle to the last that has closed.</summary>
/// <param name="Series">Symbol and frame.</param>
/// <param name="FirstMs">Open time of the first; null when there is none.</param>
/// <param name="LastMs">Open time of the last.</param>
/// <param name="Stored">Candles at their times.</param>
/// <param name="Expected">Candles there should be.</param>
/// <param name="Gaps">What is missing, in order of time.</param>
public sealed record SeriesSurvey(
    SeriesInfo Series, long? FirstMs, long? LastMs, long Stored, long Expected, IReadOnlyList<CandleGap> Gaps)
{
    private const long DayMs = 86_400_000;

    public long Missing => Expected - Stored;

    /// <summary>Stored of expected, 0–1; NaN when none is expected.</summary>
    public double Completeness => Expected == 0 ? double.NaN : Stored / (double)Expected;

    /// <param name="series">Symbol and frame.</param>
    /// <param name="openTimes">Ascending, each once; those between the frame's times do not count.</param>
    /// <param name="nowMs">Candles that close by then are expected.</param>
    public static SeriesSurvey Of(SeriesInfo series, IEnumerable<long> openTimes, long nowMs)
    {
        var (frame, length, endMs) = (series.Frame, series.Frame.Ms(), series.Frame.OpenOf(nowMs));
        var gaps = new List<CandleGap>();
        long? first = null, last = null;
        var stored = 0L;
        foreach (var open in openTimes)
        {
            if (open >= endMs) break;
            if (!frame.IsAligned(open)) continue;
            if (last is { } before && open > before + length) gaps.Add(Between(before + length, open));
            first ??= open;
            last = open;
            stored++;
        }

        if (last is { } newest && newest + length < endMs) gaps.Add(Between(newest + length, endMs));
        return new(series, first, last, stored, first is { } begin ? (endMs - begin) / length : 0, gaps);

        CandleGap Between(long fromMs, long toMs) => new(fromMs, toMs, (toMs - fromMs) / length);
    }

    /// <summary>Completeness of each UTC day, 0–1; NaN before the first candle and where nothing has closed yet.</summary>
    /// <param name="frame">Of the candles.</param>
    /// <param name="openTimes">Ascending, each once.</param>
    /// <param name="firstDayMs">00:00 UTC of the first day.</param>
    /// <param name="days">How many.</param>
    /// <param name="nowMs">Candles that close by then are expected.</param>
    /// <param name="sinceMs">Open time of the first candle that is known of the series; none is expected before it.</param>
    public static double[] ByDay(TimeFrame frame, IReadOnlyList<long> openTimes, long firstDayMs, int days, long nowMs, long? sinceMs)
    {
        var (stored, length, endMs) = (new long[days], frame.Ms(), frame.OpenOf(nowMs));
        foreach (var open in openTimes)
        {
            var day = (open - firstDayMs) / DayMs;
            if (open >= firstDayMs && day < days && open < endMs && frame.IsAligned(open)) stored[day]++;
        }

        var parts = new double[days];
        for (var day = 0; day < days; day++)
        {
            var from = Math.Max(firstDayMs + (day * DayMs), sinceMs ?? long.MaxValue);
            var to = Math.Min(firstDayMs + ((day + 1) * DayMs), endMs);
            parts[day] = to - from >= length ? stored[day] / (double)((to - from) / length) : double.NaN;
        }

        return parts;
    }
}

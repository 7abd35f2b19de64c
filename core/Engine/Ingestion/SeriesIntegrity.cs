using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>How sound the candles of one series are.</summary>
/// <param name="Series">Symbol and frame.</param>
/// <param name="FromMs">First open time expected, UTC, Unix milliseconds.</param>
/// <param name="ToMs">End of the range, not included.</param>
/// <param name="Expected">Candles there should be.</param>
/// <param name="Sound">Candles that are there, possible and at their time, each time once.</param>
/// <param name="Gaps">What is missing; an impossible candle is missing too.</param>
/// <param name="Duplicates">Candles beyond the first of their time.</param>
/// <param name="Impossible">Candles with values that none can have.</param>
/// <param name="Misaligned">Candles that open between the frame's times.</param>
/// <param name="Fault">Why mending failed; null when it did not.</param>
public sealed record SeriesIntegrity(
    SeriesInfo Series,
    long FromMs,
    long ToMs,
    long Expected,
    long Sound,
    IReadOnlyList<CandleGap> Gaps,
    long Duplicates,
    long Impossible,
    long Misaligned,
    string? Fault = null)
{
    /// <summary>Sound candles as a part of the expected ones; 1 when none are expected.</summary>
    public double Completeness => Expected == 0 ? 1 : Sound / (double)Expected;

    public long Missing => Gaps.Sum(gap => gap.Bars);

    /// <summary>True when there is something that mending might change.</summary>
    public bool HasFaults => Missing + Duplicates + Impossible + Misaligned > 0;

    /// <summary>Looks at the candles of a range.</summary>
    /// <param name="series">Symbol and frame.</param>
    /// <param name="candles">As stored, in any order.</param>
    /// <param name="fromMs">First open time expected, aligned.</param>
    /// <param name="toMs">End of the range, aligned.</param>
    public static SeriesIntegrity Of(SeriesInfo series, IEnumerable<Candle> candles, long fromMs, long toMs)
    {
        var sound = new List<Candle>();
        long duplicates = 0, impossible = 0, misaligned = 0, last = long.MinValue;
        foreach (var candle in candles.Where(candle => candle.OpenTimeMs >= fromMs && candle.OpenTimeMs < toMs).OrderBy(candle => candle.OpenTimeMs))
        {
            if (candle.OpenTimeMs == last) duplicates++;
            else if (!series.Frame.IsAligned(candle.OpenTimeMs)) misaligned++;
            else if (candle.Fault(series.Frame) is not null) impossible++;
            else sound.Add(candle);
            last = candle.OpenTimeMs;
        }

        var expected = Math.Max(0, toMs - fromMs) / series.Frame.Ms();
        var gaps = CandleGaps.In(sound, series.Frame, fromMs, toMs);
        return new(series, fromMs, toMs, expected, sound.Count, gaps, duplicates, impossible, misaligned);
    }
}

using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ingestion;

/// <summary>What is missing of a range.</summary>
public static class CandleGaps
{
    /// <summary>The holes in [<paramref name="fromMs"/>, <paramref name="toMs"/>), those at its ends included.</summary>
    /// <param name="candles">In order of time; those outside of the range or off the frame's times fill nothing.</param>
    /// <param name="frame">Length of each.</param>
    /// <param name="fromMs">First open time, aligned to the frame.</param>
    /// <param name="toMs">End of the range, aligned to the frame.</param>
    public static List<CandleGap> In(IEnumerable<Candle> candles, TimeFrame frame, long fromMs, long toMs)
    {
        var (length, expected) = (frame.Ms(), fromMs);
        var gaps = new List<CandleGap>();
        foreach (var candle in candles)
        {
            var open = candle.OpenTimeMs;
            if (open < expected || open >= toMs || !frame.IsAligned(open)) continue;
            if (open > expected) gaps.Add(Between(expected, open));
            expected = open + length;
        }

        if (expected < toMs) gaps.Add(Between(expected, toMs));
        return gaps;

        CandleGap Between(long from, long to) => new(from, to, (to - from) / length);
    }

    /// <summary>Joins neighbours wherever one request for both costs no more than two.</summary>
    /// <param name="gaps">In order of time.</param>
    /// <param name="frame">Length of each candle.</param>
    public static List<CandleGap> Join(IEnumerable<CandleGap> gaps, TimeFrame frame)
    {
        var joined = new List<CandleGap>();
        foreach (var gap in gaps)
        {
            if (joined.Count > 0)
            {
                var before = joined[^1];
                var bars = (gap.ToMs - before.FromMs) / frame.Ms();
                if (KlineWeight.Least(bars) <= KlineWeight.Least(before.Bars) + KlineWeight.Least(gap.Bars))
                {
                    joined[^1] = new(before.FromMs, gap.ToMs, bars);
                    continue;
                }
            }

            joined.Add(gap);
        }

        return joined;
    }
}

using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ingestion;

/// <summary>
/// What reading candles costs (spec 3.3): by the limit of a request, not by what comes back. 499 bars for a weight of
/// 2 are the cheapest, so a long range is read in pieces of 499: 1,500 bars cost 7 instead of 10.
/// </summary>
public static class KlineWeight
{
    private const int SmallMax = 99, CheapestMax = 499, LargeMax = 1000;

    /// <summary>Weight of one request with this limit.</summary>
    public static int Of(int limit) => limit switch
    {
        <= SmallMax => 1,
        <= CheapestMax => 2,
        <= LargeMax => 5,
        _ => 10,
    };

    /// <summary>The least weight for which so many bars can be had.</summary>
    public static long Least(long bars)
    {
        var rest = bars % CheapestMax;
        return (bars / CheapestMax * Of(CheapestMax)) + (rest == 0 ? 0 : Of((int)rest));
    }

    /// <summary>The requests of least weight for a range, oldest first.</summary>
    public static IEnumerable<KlineRequest> Split(TimeFrame frame, long fromMs, long toMs)
    {
        var length = frame.Ms();
        for (var from = fromMs; from < toMs;)
        {
            var bars = (int)Math.Min(CheapestMax, (toMs - from + length - 1) / length);
            var to = Math.Min(toMs, from + (bars * length));
            yield return new(from, to, bars);
            from = to;
        }
    }
}

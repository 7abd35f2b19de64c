namespace FuturesBot.Domain.Reporting;

/// <summary>How deep and how long the account lay below its highest point.</summary>
/// <param name="DepthR">The deepest point below the high before it, in R, 0 or negative.</param>
/// <param name="TroughMs">When that was; null without a drawdown.</param>
/// <param name="LongestUnderWaterMs">Longest time from a high to the next one, or to the end of the
/// data.</param>
/// <param name="UnderWaterShare">Part of the whole span spent below a high, 0–1; NaN without a span.</param>
public sealed record Drawdown(double DepthR, long? TroughMs, long LongestUnderWaterMs, double UnderWaterShare)
{
    /// <summary>
    /// Measured at the closing of trades; the account stands at its high from <paramref name="fromMs"/> on.
    /// </summary>
    public static Drawdown Of(IReadOnlyList<EquityPoint> equity, long fromMs, long toMs)
    {
        double depth = 0;
        long? trough = null;
        long highAt = fromMs, longest = 0, underWater = 0;
        var below = false;
        foreach (var point in equity)
        {
            if (point.DrawdownR < depth) (depth, trough) = (point.DrawdownR, point.TimeMs);
            if (point.DrawdownR < 0)
            {
                below = true;
                continue;
            }

            if (below) Surface(point.TimeMs);
            (below, highAt) = (false, point.TimeMs);
        }

        if (below) Surface(Math.Max(toMs, equity[^1].TimeMs));
        var span = toMs - fromMs;
        return new(depth, trough, longest, span > 0 ? Math.Min(1, (double)underWater / span) : double.NaN);

        void Surface(long atMs)
        {
            longest = Math.Max(longest, atMs - highAt);
            underWater += atMs - highAt;
        }
    }

    /// <summary>
    /// The deepest fall of an account that compounds <paramref name="returns"/>, as a fraction, 0 or
    /// negative.
    /// </summary>
    public static double OfReturns(ReadOnlySpan<double> returns)
    {
        double worth = 1, high = 1, deepest = 0;
        foreach (var r in returns)
        {
            worth *= 1 + r;
            high = Math.Max(high, worth);
            deepest = Math.Min(deepest, (worth / high) - 1);
        }

        return deepest;
    }
}

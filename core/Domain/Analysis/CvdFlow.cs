using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>
/// Sums of the bar delta δ = 2·TBV − V over windows of bars (spec 2.2). The level of a running CVD means
/// nothing, so only windows are compared.
/// </summary>
public static class CvdFlow
{
    /// <summary>A window "agrees" when |Σδ| is at least this part of ΣV.</summary>
    public const double ShareMin = 0.10;

    /// <summary>Bars of a window unless written otherwise.</summary>
    public const int WindowBars = 3;

    /// <summary>
    /// Σδ in base units from <paramref name="fromAgo"/> (older) to <paramref name="toAgo"/>, both
    /// included; NaN when a bar is not kept or lacks taker volume.
    /// </summary>
    public static double Delta(CandleSeries bars, int fromAgo, int toAgo)
    {
        Check(fromAgo, toAgo);
        if (fromAgo >= bars.Count) return double.NaN;
        var sum = 0.0;
        for (var ago = fromAgo; ago >= toAgo; ago--) sum += bars.Ago(ago).Delta;
        return sum;
    }

    /// <summary>ΣV in base units over the same window; NaN when a bar is not kept.</summary>
    public static double Volume(CandleSeries bars, int fromAgo, int toAgo)
    {
        Check(fromAgo, toAgo);
        if (fromAgo >= bars.Count) return double.NaN;
        var sum = 0.0;
        for (var ago = fromAgo; ago >= toAgo; ago--) sum += bars.Ago(ago).Volume;
        return sum;
    }

    /// <summary>CVD over so many last bars goes with the side; null: unavailable.</summary>
    public static bool? Agrees(CandleSeries bars, int window, Side side) => Agrees(bars, window - 1, 0, side);

    /// <summary>As above over a window that need not end now.</summary>
    public static bool? Agrees(CandleSeries bars, int fromAgo, int toAgo, Side side)
    {
        var delta = Delta(bars, fromAgo, toAgo);
        if (double.IsNaN(delta)) return null;
        var with = side.Sign() * delta;
        return with > 0 && with >= ShareMin * Volume(bars, fromAgo, toAgo);
    }

    /// <summary>
    /// "CVD flip" to the side: the bar <paramref name="sweepAgo"/> (1 or more) had a delta of another
    /// sign than the bars after it together, and those agree with the side; null: unavailable.
    /// </summary>
    public static bool? Flipped(CandleSeries bars, int sweepAgo, Side side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sweepAgo, 1);
        var at = Delta(bars, sweepAgo, sweepAgo);
        var agrees = Agrees(bars, sweepAgo - 1, 0, side);
        if (double.IsNaN(at) || agrees is null) return null;
        return agrees.Value && Math.Sign(at) != side.Sign();   // the later sum has the side's sign here
    }

    private static void Check(int fromAgo, int toAgo)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(toAgo);
        ArgumentOutOfRangeException.ThrowIfLessThan(fromAgo, toAgo);
    }
}

namespace FuturesBot.Domain.Market;

/// <summary>
/// The weight exp(−d / 10 bp) of a level at a distance d from the middle of the book, up to 50 bp (spec 2.4). Computed
/// from sums and products alone: <c>Math.Exp</c> differs from platform to platform in the last bits.
/// </summary>
internal static class DepthDecay
{
    /// <summary>Levels further away do not count.</summary>
    public const double MaxBp = 50;

    /// <summary>At this distance a level has the weight 1/e.</summary>
    public const double LengthBp = 10;

    // exp(−x) is squared back from an argument so small that ten terms of the series are exact.
    private const double SmallArgument = 1.0 / 32;

    /// <summary>exp(−x), off by some 10⁻¹⁵ of the value.</summary>
    /// <param name="x">From 0 to 10: the furthest level has 5, and a tick of half the range 10.</param>
    public static double At(double x)
    {
        var squares = 0;
        for (; x > SmallArgument; squares++) x /= 2;
        var sum = 1.0;
        for (var term = 9; term > 0; term--) sum = 1 - (x / term * sum);
        for (; squares > 0; squares--) sum *= sum;
        return sum;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FuturesBot.Domain.Indicators;

/// <summary>Wilder's directional movement.</summary>
internal static class DirectionalMovement
{
    /// <summary>
    /// <paramref name="move"/> where it is positive and larger than the opposite one, else 0. A mask
    /// instead of a branch: which way a market moves is what a branch predictor cannot know.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(double move, double opposite)
    {
        var isLarger = Vector128.GreaterThan(
            Vector128.CreateScalarUnsafe(move), Vector128.CreateScalarUnsafe(opposite));
        return (Vector128.CreateScalarUnsafe(double.MaxNative(move, 0)) & isLarger).ToScalar();
    }
}

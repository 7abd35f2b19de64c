using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>Questions about confirmed swings.</summary>
public static class Swings
{
    /// <summary>
    /// The newest swing confirmed at or before bar <paramref name="knownBy"/>. A level used at bar b
    /// has to be known by b − 1 (spec 2.5).
    /// </summary>
    public static bool TryLastKnown(Ring<Swing> swings, long knownBy, out Swing swing)
    {
        for (var ago = 0; ago < swings.Count; ago++)
        {
            ref readonly var candidate = ref swings.Ago(ago);
            if (candidate.KnownAtIndex > knownBy) continue;
            swing = candidate;
            return true;
        }

        swing = default;
        return false;
    }
}

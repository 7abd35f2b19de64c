namespace FuturesBot.Engine.Ports;

/// <summary>What became of the rows a reader has seen so far.</summary>
/// <param name="Rows">Rows seen: accepted, refused and skipped together, headers not.</param>
/// <param name="Refused">Rows that were refused, each reported with file, line and reason.</param>
/// <param name="Duplicates">Rows of overlapping files that say the same once more; skipped.</param>
/// <param name="Conflicts">Rows of overlapping files that say something else; refused, among <paramref
/// name="Refused"/>.</param>
public readonly record struct ReadCounts(long Rows, long Refused, long Duplicates, long Conflicts)
{
    /// <summary>Rows that became candles.</summary>
    public long Accepted => Rows - Refused - Duplicates;

    public static ReadCounts operator +(ReadCounts left, ReadCounts right) => new(
        left.Rows + right.Rows,
        left.Refused + right.Refused,
        left.Duplicates + right.Duplicates,
        left.Conflicts + right.Conflicts);
}

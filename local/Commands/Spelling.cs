namespace FuturesBot.Local.Commands;

/// <summary>How far two words are apart.</summary>
internal static class Spelling
{
    /// <summary>
    /// Letters to insert, delete or replace to come from one to the other (Levenshtein 1966).
    /// </summary>
    public static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var (diagonal, left) = (row[0], i);
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                left = Math.Min(
                    Math.Min(left, row[j]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], left);
            }
        }

        return row[^1];
    }
}

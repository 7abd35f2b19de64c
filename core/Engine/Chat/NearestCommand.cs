namespace FuturesBot.Engine.Chat;

/// <summary>
/// What somebody may have meant: the command with the fewest letters wrong, also when it was typed with the keyboard switched
/// to Russian (<c>.ыефегы</c> is <c>/status</c>).
/// </summary>
public static class NearestCommand
{
    // The letters of the two layouts that share a key.
    private const string Latin = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`";
    private const string Russian = "йцукенгшщзхъфывапролджэячсмитьбю.ё";

    private const int WordMax = 32;

    /// <summary>The same keys on the Latin layout; what is no Russian letter stays.</summary>
    public static string ToLatin(string typed) => string.Create(typed.Length, typed, static (into, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            var at = Russian.IndexOf(char.ToLowerInvariant(from[i]));
            into[i] = at < 0 ? from[i] : Latin[at];
        }
    });

    /// <summary>The nearest name; null when none is near enough to have been meant.</summary>
    /// <param name="typed">What was typed, with or without the slash.</param>
    /// <param name="names">Names of commands, lower case.</param>
    public static string? Of(string typed, IEnumerable<string> names)
    {
        var asIs = Word(typed);
        var switched = Word(ToLatin(typed));
        if (asIs.Length == 0 && switched.Length == 0) return null;
        var (best, errors) = ((string?)null, int.MaxValue);
        foreach (var name in names)
        {
            var distance = Math.Min(Distance(asIs, name), Distance(switched, name));
            if (distance >= errors) continue;
            (best, errors) = (name, distance);
        }

        // A third of the letters may be wrong: more, and any word would mean something.
        return best is not null && errors <= Math.Max(1, best.Length / 3) ? best : null;
    }

    /// <summary>Letters to add, drop, change, or swap with their neighbour.</summary>
    public static int Distance(string x, string y)
    {
        var rows = new int[x.Length + 1, y.Length + 1];
        for (var i = 0; i <= x.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= y.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= x.Length; i++)
        {
            for (var j = 1; j <= y.Length; j++)
            {
                var cost = x[i - 1] == y[j - 1] ? 0 : 1;
                var least = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1]) least = Math.Min(least, rows[i - 2, j - 2] + 1);
                rows[i, j] = least;
            }
        }

        return rows[x.Length, y.Length];
    }

    private static string Word(string typed)
    {
        var word = typed.AsSpan().Trim();
        var end = word.IndexOfAny(" \t\r\n@");
        if (end >= 0) word = word[..end];
        word = word.TrimStart("/.");
        return word.Length > WordMax ? "" : word.ToString().ToLowerInvariant();
    }
}

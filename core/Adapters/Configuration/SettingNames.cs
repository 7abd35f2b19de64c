using System.Text;

namespace FuturesBot.Adapters.Configuration;

/// <summary>Names in the file (<c>stop_buffer_atr</c>) from names in the code (<c>StopBufferAtr</c>).</summary>
internal static class SettingNames
{
    public static string Snake(string pascal)
    {
        var name = new StringBuilder(pascal.Length + 8);
        for (var i = 0; i < pascal.Length; i++)
        {
            if (char.IsUpper(pascal[i]) && i > 0 && !char.IsUpper(pascal[i - 1])) name.Append('_');
            name.Append(char.ToLowerInvariant(pascal[i]));
        }

        return name.ToString();
    }

    /// <summary>The known name that <paramref name="name"/> was probably meant to be; null when none is near.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var (nearest, distance) = ((string?)null, Math.Max(4, name.Length / 3) + 1);
        foreach (var candidate in known)
        {
            var edits = Edits(name, candidate);
            if (edits < distance) (nearest, distance) = (candidate, edits);
        }

        return nearest;
    }

    // Levenshtein's distance, one row at a time.
    private static int Edits(string from, string to)
    {
        var row = new int[to.Length + 1];
        for (var j = 0; j <= to.Length; j++) row[j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}

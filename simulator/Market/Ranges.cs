namespace FuturesBot.Simulator.Market;

/// <summary>How the bounds of a question pick rows from a list in order of time.</summary>
internal static class Ranges
{
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to <paramref name="most"/>.</exception>
    public static void Check(int limit, int most)
    {
        if (limit < 1 || limit > most) throw new ArgumentOutOfRangeException(nameof(limit), limit, $"Limit was not 1 to {most}");
    }

    /// <summary>With a start the first rows from there, without one the last rows up to the end.</summary>
    public static List<T> Pick<T>(List<T> rows, Func<T, long> time, TimeRange range)
    {
        var from = range.StartMs is { } start ? FirstAtOrAfter(rows, time, start) : 0;
        var to = FirstAtOrAfter(rows, time, range.EndMs == long.MaxValue ? range.EndMs : range.EndMs + 1);
        if (to <= from) return [];
        var count = Math.Min(range.Limit, to - from);
        return rows.GetRange(range.StartMs is null ? to - count : from, count);
    }

    private static int FirstAtOrAfter<T>(List<T> rows, Func<T, long> time, long at)
    {
        var (low, high) = (0, rows.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (time(rows[middle]) < at) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}

using System.Globalization;

namespace FuturesBot.Local.Commands;

/// <summary>An indicator by name.</summary>
/// <param name="Columns">Names of its columns, <c>#</c> where the number of bars stands.</param>
/// <param name="Periods">The usual number of bars; 0 where the name has none.</param>
/// <param name="Create">A new one of so many bars.</param>
internal sealed record IndicatorFamily(IReadOnlyList<string> Columns, int Periods, Func<int, Study> Create)
{
    /// <summary>
    /// The name of all columns together: their common beginning, <c>#</c> where the number stands.
    /// </summary>
    public string Key { get; } = KeyOf(Columns);

    /// <summary>The family's name as people write it.</summary>
    public string Example => WithUsual(Key);

    /// <summary>
    /// A name as people write it: <c>rsi14</c>, but <c>bb_upper</c>, where a number would stand in the
    /// middle.
    /// </summary>
    public string WithUsual(string name) => name.Replace(
        "#",
        Columns.All(column => column.EndsWith('#')) ? Periods.ToString(CultureInfo.InvariantCulture) : "",
        StringComparison.Ordinal);

    /// <summary>The first column names the family, up to the part that tells it from the others.</summary>
    private static string KeyOf(IReadOnlyList<string> columns)
    {
        var first = columns[0];
        if (columns.Count == 1 || !columns[1].StartsWith(Stem(first), StringComparison.Ordinal)) return first;
        return columns.All(column => column.StartsWith(first, StringComparison.Ordinal))
            ? first
            : Stem(first);
    }

    private static string Stem(string column)
    {
        var end = column.IndexOf('_', StringComparison.Ordinal);
        return end < 0 ? column : column[..end];
    }
}

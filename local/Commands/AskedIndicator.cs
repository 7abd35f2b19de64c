namespace FuturesBot.Local.Commands;

/// <summary>What a name on the command line asks for.</summary>
/// <param name="Family">The indicator.</param>
/// <param name="Periods">Its number of bars.</param>
/// <param name="Digits">The number as it was typed; empty for the usual one.</param>
/// <param name="Columns">Which of its columns, with <c>#</c> for the number.</param>
internal sealed record AskedIndicator(
    IndicatorFamily Family, int Periods, string Digits, IReadOnlyList<string> Columns)
{
    /// <summary>A column's name as it was asked for.</summary>
    public string NameOf(string column) => column.Replace("#", Digits, StringComparison.Ordinal);
}

namespace FuturesBot.Dashboard;

/// <summary>A page of a list.</summary>
/// <param name="Total">Rows that the filter lets through.</param>
/// <param name="Offset">Of these, left out before the first.</param>
/// <param name="Limit">At most so many are here.</param>
public sealed record RowsView<T>(int Total, int Offset, int Limit, IReadOnlyList<T> Rows);

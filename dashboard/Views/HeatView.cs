using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>Completeness day by day, for the heat map.</summary>
/// <param name="FirstDayMs">00:00 UTC of the first day.</param>
/// <param name="Days">How many.</param>
/// <param name="Rows">A row for each symbol, BTC first.</param>
public sealed record HeatView(long FirstDayMs, int Days, TimeFrame Timeframe, IReadOnlyList<HeatRowView> Rows);

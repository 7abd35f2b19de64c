using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <param name="Percent">Stored of expected, day by day, the oldest first; NaN before the first candle.</param>
public sealed record HeatRowView(Symbol Symbol, IReadOnlyList<double> Percent);

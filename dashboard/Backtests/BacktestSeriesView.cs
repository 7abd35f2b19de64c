using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>Recorded candles of one symbol and time frame.</summary>
/// <param name="FromMs">First open time; null while it is not read, or when no row can be read.</param>
/// <param name="ToMs">Last close time.</param>
public sealed record BacktestSeriesView(Symbol Symbol, TimeFrame Timeframe, int Files, long? FromMs, long? ToMs, long? Candles);

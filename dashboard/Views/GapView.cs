using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>Candles that are missing in the middle or at the end of a series. Times are market time.</summary>
/// <param name="FromMs">Open time of the first that is missing.</param>
/// <param name="ToMs">Open time of the first that is there again.</param>
/// <param name="State">open, queued, running, or empty when the exchange was asked and has none either.</param>
/// <param name="Job">Number of the job that repairs it or has tried to; null without.</param>
public sealed record GapView(Symbol Symbol, TimeFrame Timeframe, long FromMs, long ToMs, long Bars, string State, long? Job);

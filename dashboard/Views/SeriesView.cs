using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>The stored candles of a symbol in one time frame.</summary>
/// <param name="FirstMs">Open time of the first; null when there is none.</param>
/// <param name="LastMs">Open time of the last.</param>
/// <param name="Stored">Candles there are.</param>
/// <param name="Expected">Candles there should be, from the first one to the last that has closed.</param>
/// <param name="CompletePercent">Stored of expected; NaN when none is expected.</param>
/// <param name="Missing">Expected and not stored.</param>
public sealed record SeriesView(
    Symbol Symbol,
    TimeFrame Timeframe,
    long? FirstMs,
    long? LastMs,
    long Stored,
    long Expected,
    double CompletePercent,
    long Missing);

using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>What one search for missing candles did.</summary>
/// <param name="Looked">Series that were looked at.</param>
/// <param name="Filled">Candles that were missing and are in the store now, by series.</param>
/// <param name="Missing">Candles that the exchange does not have either.</param>
/// <param name="Failed">Series that could not be asked for; the next search sees them again.</param>
/// <param name="Skipped">Series left to the next search because the request budget was in use.</param>
public sealed record RefillReport(
    int Looked, IReadOnlyDictionary<SeriesInfo, long> Filled, long Missing, int Failed, int Skipped);

namespace FuturesBot.Engine.Ingestion;

/// <summary>Candles that are missing in the middle of a series.</summary>
/// <param name="FromMs">Open time of the first that is missing, UTC, Unix milliseconds.</param>
/// <param name="ToMs">Open time of the first that is there again.</param>
/// <param name="Bars">How many are missing.</param>
public readonly record struct CandleGap(long FromMs, long ToMs, long Bars);

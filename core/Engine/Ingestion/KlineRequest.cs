namespace FuturesBot.Engine.Ingestion;

/// <summary>One request for candles.</summary>
/// <param name="FromMs">First open time, UTC, Unix milliseconds.</param>
/// <param name="ToMs">End of the range, not included.</param>
/// <param name="Limit">Bars at most; decides the weight.</param>
public readonly record struct KlineRequest(long FromMs, long ToMs, int Limit);

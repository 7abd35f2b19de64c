namespace FuturesBot.Engine.Ports;

/// <summary>A backtest as its files show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Parts">Parts that were computed.</param>
/// <param name="IsMerged">Its results are there.</param>
/// <param name="HasPlan">What was asked for is there.</param>
/// <param name="Bytes">Space that all of it takes.</param>
/// <param name="BegunMs">Wall time of its oldest file, UTC, Unix milliseconds.</param>
/// <param name="ChangedMs">Wall time of its newest file; that of its results once they are there.</param>
public sealed record ShelvedBacktest(string Id, int Parts, bool IsMerged, bool HasPlan, long Bytes, long BegunMs, long ChangedMs);

namespace FuturesBot.Engine.Sharding;

/// <summary>A sign of life.</summary>
/// <param name="Component">Such as <c>sidecar</c>, <c>market-events</c>, <c>timers</c>, <c>orchestrations</c>.</param>
/// <param name="AtMs">Wall time, UTC, Unix milliseconds.</param>
/// <param name="Number">Of the last batch it took in; 0 where that means nothing.</param>
/// <param name="Note">What it stands at, such as the ledger's last hash; empty when there is nothing to say.</param>
public sealed record Beat(string Component, long AtMs, long Number = 0, string Note = "");

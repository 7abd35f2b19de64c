namespace FuturesBot.Adapters.Binance;

/// <summary>What was used of a limit of 5 minutes in half a minute.</summary>
/// <param name="Limit">Which one.</param>
/// <param name="StartMs">Begin of the half minute, the server's wall time, UTC, Unix milliseconds.</param>
/// <param name="Count">Requests, 1 or more.</param>
public readonly record struct UsedStep(ExtraLimit Limit, long StartMs, int Count);

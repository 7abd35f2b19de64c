namespace FuturesBot.Adapters.AzureStorage.Store;

/// <summary>A line of Action Price's own record.</summary>
/// <param name="Id">Of the effect that it came of.</param>
/// <param name="AtMs">Market time of it, UTC, Unix milliseconds.</param>
/// <param name="Text">A JSON object.</param>
public sealed record ActionPriceLine(string Id, long AtMs, string Text);

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>The exchange said yes, and nothing more.</summary>
public readonly record struct Acknowledged;

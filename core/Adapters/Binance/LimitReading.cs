namespace FuturesBot.Adapters.Binance;

/// <summary>How much of a limit is used.</summary>
public readonly record struct LimitReading(int Used, int Limit);

namespace FuturesBot.Adapters.Binance;

/// <summary>Consecutive windows, by number, both ends in.</summary>
internal readonly record struct WindowSpan(long First, long Last);

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>A limit as exchangeInfo lists it.</summary>
/// <param name="Type"><c>REQUEST_WEIGHT</c> or <c>ORDERS</c>.</param>
/// <param name="Interval">Length of its window.</param>
/// <param name="Limit">Within it.</param>
public readonly record struct ListedLimit(string Type, TimeSpan Interval, int Limit);

namespace FuturesBot.Adapters.Binance;

/// <summary>What one request takes from the exchange's limits.</summary>
/// <param name="Weight">Of the 2,400 per minute and address.</param>
/// <param name="Orders">Of the 300 orders per 10 seconds and the 1,200 per minute and account.</param>
/// <param name="Extra">A limit of its own that it takes 1 of.</param>
public readonly record struct RequestCost(int Weight, int Orders = 0, ExtraLimit Extra = ExtraLimit.None);

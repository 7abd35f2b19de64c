namespace FuturesBot.Simulator.Market;

/// <summary>One public trade.</summary>
/// <param name="Id">Counts by one per trade of the symbol.</param>
/// <param name="TimeMs">Market time.</param>
/// <param name="Ticks">Price.</param>
/// <param name="Steps">Quantity.</param>
/// <param name="BuyerIsMaker">True when a seller took the bid.</param>
/// <param name="IsOwn">It is a fill of an account, so it fills no other of that account's orders.</param>
public readonly record struct MarketTrade(long Id, long TimeMs, long Ticks, long Steps, bool BuyerIsMaker, bool IsOwn = false);

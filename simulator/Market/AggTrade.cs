namespace FuturesBot.Simulator.Market;

/// <summary>Trades of one side within 100 ms, or more of them when market time runs fast.</summary>
/// <param name="Id">Counts by one per aggregate of the symbol.</param>
/// <param name="FirstTradeId">Id of the first trade in it.</param>
/// <param name="LastTradeId">Id of the last one.</param>
/// <param name="TimeMs">Market time.</param>
/// <param name="Ticks">Price.</param>
/// <param name="Steps">Quantity.</param>
/// <param name="BuyerIsMaker">True when sellers took the bid.</param>
public readonly record struct AggTrade(
    long Id, long FirstTradeId, long LastTradeId, long TimeMs, long Ticks, long Steps, bool BuyerIsMaker);

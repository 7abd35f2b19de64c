namespace FuturesBot.Simulator.Market;

/// <summary>Trades of one side in one tenth of a second.</summary>
/// <param name="Slot">Tenth of a second in the minute, 0 to 599.</param>
/// <param name="Ticks">Their price.</param>
/// <param name="Steps">Their quantity together, at least one step each.</param>
/// <param name="Trades">How many.</param>
/// <param name="IsBuy">True when buyers took the ask.</param>
internal readonly record struct PlannedTrade(short Slot, bool IsBuy, int Trades, int Ticks, long Steps);

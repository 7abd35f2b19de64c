namespace FuturesBot.Simulator.Market;

/// <summary>A fill of an account among the public trades of a minute.</summary>
/// <param name="After">How many of the minute's planned aggregates come before it.</param>
/// <param name="TimeMs">Market time, not before theirs.</param>
/// <param name="Ticks">Price.</param>
/// <param name="Steps">Quantity.</param>
/// <param name="IsBuy">True when the taker bought.</param>
internal readonly record struct OwnPrint(int After, long TimeMs, int Ticks, long Steps, bool IsBuy);

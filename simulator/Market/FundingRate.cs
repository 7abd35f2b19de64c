namespace FuturesBot.Simulator.Market;

/// <summary>A funding payment that was due.</summary>
/// <param name="TimeMs">Market time.</param>
/// <param name="Rate">Longs pay shorts this share of the notional value at the mark price; negative: the other way.</param>
/// <param name="Mark">Mark price at that time.</param>
public readonly record struct FundingRate(long TimeMs, decimal Rate, decimal Mark);

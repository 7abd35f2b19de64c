namespace FuturesBot.Simulator.Market;

/// <summary>Mark and index price and the funding to come.</summary>
/// <param name="TimeMs">Market time.</param>
/// <param name="Mark">Quote units, eight decimals.</param>
/// <param name="Index">Quote units, eight decimals.</param>
/// <param name="EstimatedSettle">Quote units, eight decimals.</param>
/// <param name="FundingRate">Predicted rate of the next payment: 0.0001 = 1 basis point.</param>
/// <param name="NextFundingMs">Time of the next payment; 0 for contracts without funding.</param>
public readonly record struct MarkPrice(
    long TimeMs, decimal Mark, decimal Index, decimal EstimatedSettle, decimal FundingRate, long NextFundingMs);

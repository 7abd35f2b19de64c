namespace FuturesBot.Simulator.Trading;

/// <summary>A change of the wallet.</summary>
/// <param name="Id">Counts up.</param>
/// <param name="Symbol">Its contract.</param>
/// <param name="Type"><c>REALIZED_PNL</c>, <c>COMMISSION</c> or <c>FUNDING_FEE</c>.</param>
/// <param name="Amount">USDT; below 0 is paid.</param>
/// <param name="TimeMs">Market time, UTC, Unix milliseconds.</param>
/// <param name="FillId">The fill that it belongs to; null of funding.</param>
internal sealed record Income(long Id, string Symbol, string Type, decimal Amount, long TimeMs, long? FillId);

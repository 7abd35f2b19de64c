namespace FuturesBot.Domain.Reporting;

/// <summary>What one strategy came to in a span.</summary>
/// <param name="Strategy">Name in the catalog.</param>
/// <param name="Trades">Closed trades.</param>
/// <param name="NetR">Their net result, in R.</param>
public sealed record StrategyResult(string Strategy, int Trades, double NetR);

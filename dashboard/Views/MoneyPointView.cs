namespace FuturesBot.Dashboard;

/// <summary>The account after a trade closed.</summary>
/// <param name="R">Sum of net R so far.</param>
/// <param name="Usdt">Balance.</param>
public readonly record struct MoneyPointView(long TimeMs, double R, decimal Usdt);

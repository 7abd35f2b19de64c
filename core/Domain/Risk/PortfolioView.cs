namespace FuturesBot.Domain.Risk;

/// <summary>What the limits look at. Money as fractions of equity, losses and gains signed.</summary>
/// <param name="OpenPositions">On all symbols.</param>
/// <param name="ClusterPositions">In the new position's correlated cluster, without it.</param>
/// <param name="OpenRisk">Loss if every stop were hit, fraction of equity, ≥ 0.</param>
/// <param name="NewRisk">The same of the new position.</param>
/// <param name="DayResult">Realised and unrealised since 00:00 UTC.</param>
/// <param name="WeekResult">Realised and unrealised since Monday 00:00 UTC.</param>
/// <param name="Drawdown">From the highest equity, ≥ 0.</param>
/// <param name="LossesInRow">Losing trades since the last one that did not lose.</param>
/// <param name="LastLossAtMs">When the last of them closed, UTC Unix milliseconds.</param>
public readonly record struct PortfolioView(
    int OpenPositions,
    int ClusterPositions,
    decimal OpenRisk,
    decimal NewRisk,
    decimal DayResult,
    decimal WeekResult,
    decimal Drawdown,
    int LossesInRow,
    long LastLossAtMs);

namespace FuturesBot.Dashboard;

/// <summary>The paper (or live) account. R first, money second.</summary>
/// <param name="StartingUsdt">Balance at the beginning.</param>
/// <param name="EquityUsdt">With open results at the last price.</param>
/// <param name="EquityR">Sum of net R of closed trades.</param>
/// <param name="TodayR">Net R of trades closed since 00:00 UTC.</param>
/// <param name="TodayPercent">Of equity; NaN when unknown.</param>
/// <param name="OpenR">Open result at the last price.</param>
/// <param name="OpenRiskPercent">What all stops together would cost, in percent of equity.</param>
/// <param name="PendingRiskPercent">The same for signals that wait for their entry.</param>
/// <param name="DayLimitPercent">The day's loss limit (negative); NaN when there is none.</param>
/// <param name="OpenRiskLimitPercent">NaN when there is none.</param>
public sealed record PortfolioView(
    decimal StartingUsdt,
    decimal EquityUsdt,
    double EquityR,
    double TodayR,
    double TodayPercent,
    double OpenR,
    double OpenRiskPercent,
    double PendingRiskPercent,
    int OpenPositions,
    int WaitingSignals,
    double DayLimitPercent,
    double OpenRiskLimitPercent);

namespace FuturesBot.Dashboard;

/// <summary>A part of the open positions. Entries that wait are not in it.</summary>
/// <param name="Name">Symbol, strategy or side.</param>
/// <param name="NotionalPercent">Of equity.</param>
/// <param name="RiskPercent">Of equity, at the present stops.</param>
/// <param name="OpenR">Result at the last price; NaN when a price is unknown.</param>
public sealed record AllocationView(
    string Name, int Positions, decimal NotionalUsdt, double NotionalPercent, double RiskPercent, double OpenR);

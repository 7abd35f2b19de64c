using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>A live signal of the account: a position, or an entry that waits.</summary>
/// <param name="Waiting">Its entry has not filled.</param>
/// <param name="NotionalUsdt">At the entry, of what is still open.</param>
/// <param name="RiskUsdt">What its stop would cost now; 0 behind a break-even stop.</param>
/// <param name="RiskPercent">Of equity.</param>
/// <param name="NowR">At the last price, closed parts included; NaN while it waits.</param>
/// <param name="NowUsdt">The same in money; null while it waits.</param>
/// <param name="Cluster">Number in <see cref="ClustersView"/>; null when its symbol is in none.</param>
public sealed record OpenPositionView(
    string SignalId,
    Symbol Symbol,
    string Strategy,
    Side Direction,
    bool Waiting,
    decimal NotionalUsdt,
    decimal RiskUsdt,
    double RiskPercent,
    double NowR,
    decimal? NowUsdt,
    int? Cluster);

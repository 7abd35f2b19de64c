using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>A live signal of the account, for sums over them.</summary>
/// <param name="NotionalUsdt">At the entry, of what is still open.</param>
/// <param name="RiskUsdt">What its stop would cost now.</param>
/// <param name="NowUsdt">Result at the last price; null while it waits or without a price.</param>
public sealed record PortfolioPosition(
    string SignalId,
    Symbol Symbol,
    string Strategy,
    Side Side,
    bool Waiting,
    decimal NotionalUsdt,
    decimal RiskUsdt,
    double NowR,
    decimal? NowUsdt);

using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ports;

/// <summary>What the exchange says about positions in a contract: open interest and funding, now and before.</summary>
public interface IPositioning
{
    /// <summary>Open interest now, base units.</summary>
    Task<double> OpenInterestAsync(Symbol symbol, CancellationToken cancel = default);

    /// <summary>
    /// Open interest at the closes of the last bars of a frame, oldest first, as (UTC Unix milliseconds, base units); the
    /// exchange keeps about 30 days.
    /// </summary>
    Task<IReadOnlyList<(long TimeMs, double OpenInterest)>> OpenInterestHistoryAsync(
        Symbol symbol, TimeFrame frame, int limit, CancellationToken cancel = default);

    /// <summary>The last settled funding rates, oldest first, as (UTC Unix milliseconds, fraction of notional).</summary>
    Task<IReadOnlyList<(long TimeMs, double Rate)>> FundingRatesAsync(
        Symbol symbol, int limit, CancellationToken cancel = default);
}

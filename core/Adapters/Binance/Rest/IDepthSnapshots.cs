using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Where order books begin.</summary>
public interface IDepthSnapshots
{
    /// <param name="symbol">Whose book.</param>
    /// <param name="limit">Levels on each side: 5, 10, 20, 50, 100, 500 or 1000; weight 2, 2, 2, 2, 5, 10, 20.</param>
    /// <param name="lane">Who goes first when weight is short.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="ExchangeException">No usable answer.</exception>
    Task<DepthSnapshot> DepthAsync(Symbol symbol, int limit, RequestLane lane, CancellationToken cancel = default);
}

using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Keys of the user stream: valid for 60 minutes of market time, kept alive at half of that.</summary>
public interface IListenKeys
{
    /// <summary>The account's listen key: the valid one when there is one, made longer; else a new one.</summary>
    /// <exception cref="ExchangeException">No usable answer.</exception>
    Task<Secret> CreateListenKeyAsync(CancellationToken cancel = default);

    /// <summary>Makes the key live for another 60 minutes. False when it is gone (−1125): create one, and a new socket.</summary>
    /// <exception cref="ExchangeException">No usable answer.</exception>
    Task<bool> KeepListenKeyAliveAsync(Secret listenKey, CancellationToken cancel = default);

    /// <summary>Ends the user stream. A key that is gone already is no error.</summary>
    /// <exception cref="ExchangeException">No usable answer.</exception>
    Task CloseListenKeyAsync(Secret listenKey, CancellationToken cancel = default);
}

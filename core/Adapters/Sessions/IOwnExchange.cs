using FuturesBot.Adapters.Binance;

namespace FuturesBot.Adapters.Sessions;

/// <summary>An exchange of this process's own, which stands still until everything is connected.</summary>
public interface IOwnExchange : IAsyncDisposable
{
    ExchangeAddresses Addresses { get; }

    /// <summary>Market time, UTC, Unix milliseconds.</summary>
    long NowMs { get; }

    /// <summary>Lets its market go on.</summary>
    void Release();
}

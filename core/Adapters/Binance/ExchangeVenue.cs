namespace FuturesBot.Adapters.Binance;

/// <summary>Which exchange is spoken to.</summary>
public enum ExchangeVenue
{
    /// <summary>The simulated exchange on this machine.</summary>
    Simulated,

    /// <summary>Binance's futures demo: real protocol, no money. Its stops are known to hang (spec 3.2).</summary>
    Demo,

    /// <summary>Binance USDT-M futures.</summary>
    Binance,
}

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>What a request has to carry.</summary>
public enum RequestSecurity
{
    None,

    /// <summary>The key in a header.</summary>
    Key,

    /// <summary>The key, a timestamp and a signature over all parameters.</summary>
    Signed,
}

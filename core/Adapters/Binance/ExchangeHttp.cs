using System.Net;
using FuturesBot.Adapters.Configuration;

namespace FuturesBot.Adapters.Binance;

/// <summary>How HTTP is spoken with the exchange.</summary>
public static class ExchangeHttp
{
    /// <summary>
    /// A client without redirects (they would carry the key elsewhere), cookies, spans of its own (they would hold
    /// addresses) and time-outs of its own (the callers have them).
    /// </summary>
    public static HttpClient Create(ExchangeOptions options, IWebProxy? proxy, Redactor redactor) =>
        Create(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = proxy is not null,
                Proxy = proxy,
                AutomaticDecompression = DecompressionMethods.All,
                // Closings and stops do not queue behind the others: the budget lets the others have ConnectionsMax.
                MaxConnectionsPerServer = options.ConnectionsMax + 8,
                ConnectTimeout = TimeSpan.FromMilliseconds(options.TimeoutMs),
                // Addresses of the exchange change; a connection that lives for ever would not notice.
                PooledConnectionLifetime = TimeSpan.FromMinutes(15),
                ActivityHeadersPropagator = null,
                MaxResponseHeadersLength = 64,
            },
            redactor);

    /// <summary>The same on a transport of the caller's.</summary>
    internal static HttpClient Create(HttpMessageHandler transport, Redactor redactor) =>
        new(new RedactingHandler(redactor) { InnerHandler = transport }) { Timeout = Timeout.InfiniteTimeSpan };
}

using System.Net;
using FuturesBot.Adapters.Configuration;

namespace FuturesBot.Adapters.Binance.Vision;

/// <summary>How HTTP is spoken with the archive: no key ever goes there, and files come as they are.</summary>
public static class VisionHttp
{
    public static HttpClient Create(ExchangeOptions options, IWebProxy? proxy) => new(new SocketsHttpHandler
    {
        UseCookies = false,
        UseProxy = proxy is not null,
        Proxy = proxy,
        // A range is one of the packed bytes, and the check sum is theirs.
        AutomaticDecompression = DecompressionMethods.None,
        MaxConnectionsPerServer = options.ConnectionsMax,
        MaxAutomaticRedirections = 3,
        ConnectTimeout = TimeSpan.FromMilliseconds(options.TimeoutMs),
        MaxResponseHeadersLength = 64,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,   // the client gives each file its time
    };
}

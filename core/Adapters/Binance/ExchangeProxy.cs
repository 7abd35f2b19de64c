using System.Net;
using FuturesBot.Adapters.Configuration;

namespace FuturesBot.Adapters.Binance;

/// <summary>The proxy of the settings, with the user and password of the environment.</summary>
public static class ExchangeProxy
{
    public const string UserVariable = "FUTURESBOT_PROXY_USER";
    public const string PasswordVariable = "FUTURESBOT_PROXY_PASSWORD";

    /// <summary>Null when the settings name none. Addresses of this machine never go through it.</summary>
    public static IWebProxy? From(ExchangeOptions options, IReadOnlyDictionary<string, string> environment) =>
        At(options.Proxy, environment);

    /// <summary>The same for an address; empty for none.</summary>
    public static IWebProxy? At(string address, IReadOnlyDictionary<string, string> environment)
    {
        if (address.Length == 0) return null;
        var proxy = new WebProxy(new Uri(address), BypassOnLocal: true);
        if (environment.GetValueOrDefault(UserVariable) is { Length: > 0 } user)
            proxy.Credentials = new NetworkCredential(user, environment.GetValueOrDefault(PasswordVariable));
        return proxy;
    }
}

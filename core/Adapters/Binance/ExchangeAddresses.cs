using FuturesBot.Adapters.Configuration;

namespace FuturesBot.Adapters.Binance;

/// <summary>Where an exchange is reached. No address has a path: one is added with <c>new Uri(base, "/path")</c>.</summary>
/// <param name="Rest">Base of <c>/fapi/…</c> and <c>/futures/data/…</c>.</param>
/// <param name="Streams">Base of <c>/public</c>, <c>/market</c> and <c>/private</c>, <c>ws</c> or <c>wss</c>.</param>
/// <param name="Archive">Base of <c>/data/futures/um/…</c>, the files of Binance Vision.</param>
/// <param name="Spot">Base of <c>/sapi/…</c>, which alone tells what a key may do; null where there is none.</param>
public sealed record ExchangeAddresses(Uri Rest, Uri Streams, Uri Archive, Uri? Spot)
{
    private static readonly Uri Vision = new("https://data.binance.vision");

    /// <summary>The addresses of a venue (spec 3.2); those that the settings name take their place.</summary>
    /// <param name="venue">The simulated one has no address of its own: it is given by <see cref="OnLoopback"/>.</param>
    /// <param name="options">Its empty addresses change nothing.</param>
    /// <exception cref="FormatException">A setting is no such address.</exception>
    public static ExchangeAddresses For(ExchangeVenue venue, ExchangeOptions options) =>
        (venue switch
        {
            ExchangeVenue.Binance => new(
                new("https://fapi.binance.com"), new("wss://fstream.binance.com"), Vision, new("https://api.binance.com")),
            ExchangeVenue.Demo => new ExchangeAddresses(
                new("https://demo-fapi.binance.com"), new("wss://demo-fstream.binance.com"), Vision, Spot: null),
            _ => OnLoopback(port: 80),
        }).With(options);

    /// <summary>A simulated exchange on this machine: all at one port.</summary>
    public static ExchangeAddresses OnLoopback(int port) =>
        new(new($"http://127.0.0.1:{port}"), new($"ws://127.0.0.1:{port}"), new($"http://127.0.0.1:{port}"), Spot: null);

    /// <summary>The same, with the addresses that the settings name.</summary>
    /// <exception cref="FormatException">A setting is no such address.</exception>
    public ExchangeAddresses With(ExchangeOptions options) => new(
        Read("exchange.rest", options.Rest, ["http", "https"]) ?? Rest,
        Read("exchange.streams", options.Streams, ["ws", "wss"]) ?? Streams,
        Read("exchange.archive", options.Archive, ["http", "https"]) ?? Archive,
        Read("exchange.spot", options.Spot, ["http", "https"]) ?? Spot);

    private static Uri? Read(string setting, string text, string[] schemes)
    {
        if (text.Length == 0) return null;
        return Fault(text, schemes) is { } fault
            ? throw new FormatException($"{setting} {fault}")
            : new Uri(text);
    }

    /// <summary>What keeps a text from being a base address; null when nothing does.</summary>
    internal static string? Fault(string text, string[] schemes)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || !schemes.Contains(address.Scheme))
            return $"is no address that begins with {string.Join(" or ", schemes.Select(scheme => scheme + "://"))}";
        if (address.UserInfo.Length > 0) return "has a user name or password in it; those come from the environment";
        return address.PathAndQuery is "/" && address.Fragment.Length == 0 && !text.EndsWith('/')
            ? null
            : "has to end with the host or the port";
    }
}

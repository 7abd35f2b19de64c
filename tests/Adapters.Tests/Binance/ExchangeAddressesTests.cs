using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Configuration;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance;

public sealed class ExchangeAddressesTests
{
    [Fact]
    public void For_EachVenue_GivesItsHosts()
    {
        var real = ExchangeAddresses.For(ExchangeVenue.Binance, new());
        Assert.Equal(("fapi.binance.com", "fstream.binance.com", "data.binance.vision", "api.binance.com"), (real.Rest.Host, real.Streams.Host, real.Archive.Host, real.Spot!.Host));
        var demo = ExchangeAddresses.For(ExchangeVenue.Demo, new());
        Assert.Equal(("demo-fapi.binance.com", "demo-fstream.binance.com"), (demo.Rest.Host, demo.Streams.Host));
        Assert.Null(demo.Spot);
        Assert.Equal("ws://127.0.0.1:4711/", ExchangeAddresses.OnLoopback(4711).Streams.AbsoluteUri);
    }

    [Fact]
    public void For_WithAddressesInTheSettings_TheyTakeTheirPlace()
    {
        var addresses = ExchangeAddresses.For(ExchangeVenue.Binance, new() { Rest = "http://localhost:5000", Streams = "ws://[::1]:5001" });

        Assert.Equal(("localhost", 5000, "[::1]", "data.binance.vision"), (addresses.Rest.Host, addresses.Rest.Port, addresses.Streams.Host, addresses.Archive.Host));
    }

    [Theory]
    [InlineData("fapi.binance.com")]
    [InlineData("ftp://fapi.binance.com")]
    [InlineData("https://fapi.binance.com/")]
    [InlineData("https://fapi.binance.com/fapi/v1")]
    [InlineData("https://me:password@fapi.binance.com")]
    [InlineData("https://fapi.binance.com?x=1")]
    public void Settings_ThatAreNoBaseAddress_AreFaultsThatDoNotQuoteThem(string text)
    {
        var fault = Assert.Throws<FormatException>(() => ExchangeAddresses.For(ExchangeVenue.Binance, new() { Rest = text }));
        Assert.DoesNotContain("password@", fault.Message);
        var faults = Assert.Throws<ConfigurationException>(() => BotConfiguration.Load(null, new Dictionary<string, string> { ["FUTURESBOT__EXCHANGE__REST"] = text })).Faults;
        Assert.Equal("exchange.rest", Assert.Single(faults).Path);
    }

    [Theory]
    [InlineData("http://proxy:3128", true)]
    [InlineData("socks5://proxy:1080", true)]
    [InlineData("socks4://proxy:1080", false)]
    [InlineData("http://me:password@proxy:3128", false)]
    public void Proxy_HttpAndSocks5_AreAllowed(string text, bool allowed)
    {
        var options = new ExchangeOptions { Proxy = text };
        Assert.Equal(allowed, !Contradictions.In(new() { Exchange = options }).Any());
        if (!allowed) return;

        var proxy = ExchangeProxy.From(options, new Dictionary<string, string> { [ExchangeProxy.UserVariable] = "me", [ExchangeProxy.PasswordVariable] = "pw" })!;
        Assert.Equal(new Uri(text), proxy.GetProxy(new("https://fapi.binance.com")));
        Assert.True(proxy.IsBypassed(new("http://127.0.0.1:4711")));
        Assert.Equal("me", proxy.Credentials!.GetCredential(new(text), "Basic")!.UserName);
    }

    [Fact]
    public void Proxy_OfNoSetting_IsNone() => Assert.Null(ExchangeProxy.From(new(), new Dictionary<string, string>()));

    [Fact]
    public void Keys_OfTheEnvironment()
    {
        static BinanceKeys? Read(params (string, string)[] variables) =>
            BinanceKeys.FromEnvironment(variables.ToDictionary(variable => variable.Item1, variable => variable.Item2));

        Assert.Null(Read());
        Assert.Null(Read((BinanceKeys.ApiKeyVariable, "  ")));
        Assert.Equal(new(new("k"), new Secret("s")), Read((BinanceKeys.ApiKeyVariable, " k "), (BinanceKeys.ApiSecretVariable, "s")));
        Assert.Equal("/key.pem", Read((BinanceKeys.ApiKeyVariable, "k"), (BinanceKeys.PrivateKeyFileVariable, "/key.pem"))!.PrivateKeyFile);
        Assert.Throws<FormatException>(() => Read((BinanceKeys.ApiKeyVariable, "k")));
        Assert.Throws<FormatException>(() => Read((BinanceKeys.ApiSecretVariable, "s")));
        Assert.Throws<FormatException>(() => Read((BinanceKeys.ApiKeyVariable, "k"), (BinanceKeys.ApiSecretVariable, "s"), (BinanceKeys.PrivateKeyFileVariable, "p")));
    }
}

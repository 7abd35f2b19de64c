using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Engine.Ports;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Rest;

public sealed class KeyPermissionsTests
{
    private const string Restrictions = "GET /sapi/v1/account/apiRestrictions";
    private const string Config = "GET /fapi/v1/accountConfig";

    [Fact]
    public async Task Permissions_OfAKeyThatMayOnlyTrade_AreUsable()
    {
        using var exchange = new StubExchange();
        exchange.Answer(Config, Payload.Read("accountConfig"));
        exchange.Answer(Restrictions, Payload.Read("apiRestrictions"));

        var permissions = await exchange.Rest.KeyPermissionsAsync(TestContext.Current.CancellationToken);

        Assert.Equal((true, true, false, true), (permissions.CanReadFutures, permissions.CanTradeFutures, permissions.CanWithdraw, permissions.IpRestricted));
        Assert.Empty(permissions.Findings);
        Assert.True(permissions.Usable);
    }

    [Fact]
    public async Task Permissions_OfAKeyThatCanWithdraw_AreNotUsable()
    {
        using var exchange = new StubExchange();
        exchange.Answer(Config, Payload.Read("accountConfig"));
        exchange.Answer(Restrictions, Payload.Read("apiRestrictions").Replace("\"enableWithdrawals\": false", "\"enableWithdrawals\": true").Replace("\"permitsUniversalTransfer\": false", "\"permitsUniversalTransfer\": true"));

        var permissions = await exchange.Rest.KeyPermissionsAsync(TestContext.Current.CancellationToken);

        Assert.True(permissions.CanWithdraw);
        Assert.False(permissions.Usable);
        Assert.Contains("move money", Assert.Single(permissions.Findings));
    }

    [Fact]
    public async Task Permissions_WhereThereIsNoSpotHost_LeaveWithdrawalsUnknown()
    {
        using var exchange = new StubExchange(addresses: ExchangeAddresses.For(ExchangeVenue.Demo, new ExchangeOptions()));
        exchange.Answer(Config, Payload.Read("accountConfig"));

        var permissions = await exchange.Rest.KeyPermissionsAsync(TestContext.Current.CancellationToken);

        Assert.Null(permissions.CanWithdraw);
        Assert.True(permissions.Usable);
        Assert.NotEmpty(permissions.Findings);
    }

    [Fact]
    public async Task Permissions_OfAKeyThatIsRefused_AreNone()
    {
        using var exchange = new StubExchange();
        exchange.Answer(Config, """{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action"}""", 401);

        var permissions = await exchange.Rest.KeyPermissionsAsync(TestContext.Current.CancellationToken);

        Assert.False(permissions.CanReadFutures);
        Assert.False(permissions.Usable);
        Assert.Contains("-2015", Assert.Single(permissions.Findings));
    }

    [Fact]
    public async Task Permissions_WhenTheSpotHostIsDown_SayWhatCouldNotBeRead()
    {
        using var exchange = new StubExchange(new() { RetriesMax = 0 });
        exchange.Answer(Config, Payload.Read("accountConfig"));
        exchange.Answer(Restrictions, "<html>", 502);

        var permissions = await exchange.Rest.KeyPermissionsAsync(TestContext.Current.CancellationToken);

        Assert.Null(permissions.CanWithdraw);
        Assert.Contains("could not be read", Assert.Single(permissions.Findings));
    }

    [Fact]
    public async Task Permissions_WhenTheExchangeIsNotServedHere_IsNoMatterOfTheKey()
    {
        using var exchange = new StubExchange();
        exchange.Answer(Config, "", 451);

        var fault = await Assert.ThrowsAsync<ExchangeException>(() => exchange.Rest.KeyPermissionsAsync());
        Assert.Contains("country", fault.Message);
    }
}

using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Local.Doctor;
using Xunit;

namespace FuturesBot.Local.Tests.Doctor;

public sealed class CheckupTests : IAsyncLifetime, IBanMemory
{
    private const string Key = "K3yThatNobodyMaySee", SecretText = "S3cretThatNobodyMaySee";

    private static readonly Dictionary<string, string> NoKeys = [];
    private static readonly Dictionary<string, string> Keys = new()
    {
        [BinanceKeys.ApiKeyVariable] = Key,
        [BinanceKeys.ApiSecretVariable] = SecretText,
    };

    private ScriptedExchange _server = null!;
    private string _address = "";

    public async ValueTask InitializeAsync()
    {
        _server = await ScriptedExchange.StartAsync();
        _address = _server.Address;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(451, "does not serve the country of this address")]
    [InlineData(403, "403 is a firewall")]
    public async Task Run_ExchangeRefusesThePlace_ExplainsIt(int status, string advice)
    {
        _server.Otherwise = (status, "");
        var findings = await RunAsync(NoKeys);

        var fault = findings.Single(finding => finding.Area == "exchange");
        Assert.Equal(FindingLevel.Fault, fault.Level);
        Assert.Contains(advice, fault.Advice);
        Assert.Contains($"HTTP {status}", fault.Text);
        var archive = findings.Single(finding => finding.Area == "archive");
        Assert.Equal(FindingLevel.Warning, archive.Level);
        Assert.Contains($"answered {status}", archive.Text);
    }

    [Fact]
    public async Task Run_ExchangeIsAway_SaysSo()
    {
        await _server.DisposeAsync();
        var fault = (await RunAsync(NoKeys)).Single(finding => finding.Area == "exchange");
        Assert.Equal(FindingLevel.Fault, fault.Level);
        Assert.Contains("network", fault.Advice);
    }

    [Fact]
    public async Task Run_StreamsCannotBeReached_IsAFaultOfEachRoute()
    {
        _server.Healthy();
        var findings = await RunAsync(NoKeys);

        Assert.Equal(
            ["/public cannot be reached (HTTP 404)", "/market cannot be reached (HTTP 404)"],
            findings.Where(finding => finding.Area == "streams" && finding.Level == FindingLevel.Fault).Select(finding => finding.Text));
        Assert.Contains(findings, finding => finding.Text == "1 contracts are listed, 1 of them fit the universe");
        Assert.DoesNotContain(findings, finding => finding.Area is "exchange" or "clock" && finding.Level == FindingLevel.Fault);
    }

    [Theory]
    [InlineData(true, FindingLevel.Fault)]
    [InlineData(false, FindingLevel.Ok)]
    public async Task Run_KeyMayWithdraw_IsRefused(bool may, object level)
    {
        _server.Healthy().Answers["/sapi/v1/account/apiRestrictions"] = (200,
            $$"""{"ipRestrict":false,"enableReading":true,"enableFutures":true,"enableWithdrawals":{{(may ? "true" : "false")}}}""");
        var findings = (await RunAsync(Keys)).Where(finding => finding.Area == "keys").ToArray();

        Assert.Equal((FindingLevel)level, findings[0].Level);
        Assert.Contains("withdraw", findings[0].Text);
        Assert.Contains(findings, finding => finding.Text == "the key works from every address");
    }

    [Fact]
    public async Task Run_KeysAreRefused_SaysWhatItMayBe()
    {
        _server.Healthy().Answers["/fapi/v1/accountConfig"] = (401, """{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}""");
        var fault = (await RunAsync(Keys)).Single(finding => finding.Area == "keys");
        Assert.Equal(FindingLevel.Fault, fault.Level);
        Assert.Contains("-2015", fault.Advice);
    }

    [Fact]
    public async Task Run_WithKeys_ShowsNoSecretAnywhere()
    {
        _server.Healthy().Otherwise = (400, $$"""{"code":-1102,"msg":"{{Key}} and {{SecretText}} came back"}""");
        var findings = await RunAsync(Keys);
        Assert.All(findings, finding =>
        {
            Assert.DoesNotContain(Key, finding.Text + finding.Advice);
            Assert.DoesNotContain(SecretText, finding.Text + finding.Advice);
        });
    }

    [Fact]
    public async Task Run_ClockIsFarOff_IsAWarning()
    {
        _server.Healthy().Answers["/fapi/v1/time"] = (200,
            $$"""{"serverTime":{{TimeProvider.System.GetUtcNow().AddSeconds(90).ToUnixTimeMilliseconds()}}}""");
        var clock = (await RunAsync(NoKeys)).Single(finding => finding.Area == "clock");
        Assert.Equal(FindingLevel.Warning, clock.Level);
        Assert.Contains("NTP", clock.Advice);
    }

    [Fact]
    public async Task Run_HalfOfAKey_IsAFault()
    {
        var findings = await RunAsync(new() { [BinanceKeys.ApiKeyVariable] = Key });
        Assert.Contains(findings, finding => finding is { Area: "keys", Level: FindingLevel.Fault });
    }

    [Fact]
    public async Task Run_LiveWithoutKeys_IsAFault()
    {
        _server.Healthy();
        var findings = await RunAsync(NoKeys, RunMode.Live);
        Assert.Contains(findings, finding => finding is { Area: "keys", Level: FindingLevel.Fault });
    }

    [Fact]
    public async Task Run_OtherWeightLimit_IsAWarning()
    {
        _server.Healthy();
        var (status, body) = _server.Answers["/fapi/v1/exchangeInfo"];
        _server.Answers["/fapi/v1/exchangeInfo"] = (status, body.Replace("2400", "1200"));
        Assert.Contains(await RunAsync(NoKeys), finding => finding.Level == FindingLevel.Warning && finding.Text.Contains("allows a weight of 1200"));
    }

    Task<long> IBanMemory.LoadAsync(CancellationToken cancel) => Task.FromResult(0L);

    Task IBanMemory.SaveAsync(long bannedUntilMs, CancellationToken cancel) => Task.CompletedTask;

    private async Task<List<Finding>> RunAsync(Dictionary<string, string> environment, RunMode mode = RunMode.Paper)
    {
        var options = new BotOptions
        {
            Mode = mode,
            Exchange = new()
            {
                Rest = _address,
                Streams = _address.Replace("http", "ws"),
                Archive = _address,
                Spot = _address,
                RetriesMax = 0,
            },
        };
        var findings = new List<Finding>();
        await new Checkup(ExchangeVenue.Binance, options, environment, this, TimeProvider.System).RunAsync(findings);
        return findings;
    }
}

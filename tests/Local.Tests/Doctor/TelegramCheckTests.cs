using FuturesBot.Adapters.Telegram;
using FuturesBot.Local.Doctor;
using FuturesBot.Simulator.Telegram;
using Xunit;

namespace FuturesBot.Local.Tests.Doctor;

public sealed class TelegramCheckTests : IAsyncLifetime
{
    private const string Elsewhere = "https://bot.example.org/telegram";

    private FakeTelegram _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _server = await FakeTelegram.StartAsync(new() { Token = "1000001:aaaaaaaaaabbbbbbbbbbccccccccccddddd" }, TimeProvider.System, logs: null, Cancel);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Run_NoToken_SaysWhereTheChatIsAndAsksNothing()
    {
        var finding = Assert.Single(await RunAsync(token: null));

        Assert.Equal(FindingLevel.Ok, finding.Level);
        Assert.Contains(TelegramKeys.TokenVariable, finding.Text, StringComparison.Ordinal);
        Assert.Equal(0, _server.CallsOf("getMe"));
    }

    [Fact]
    public async Task Run_SwitchedOff_SaysSo() =>
        Assert.Contains("telegram.enabled is false", Assert.Single(await RunAsync(_server.Token, new() { Enabled = false })).Text, StringComparison.Ordinal);

    [Fact]
    public async Task Run_MalformedToken_IsAFaultThatDoesNotShowIt()
    {
        const string Wrong = "this is \"no token\"";
        var finding = Assert.Single(await RunAsync(Wrong));

        Assert.Equal(FindingLevel.Fault, finding.Level);
        Assert.Contains("BotFather", finding.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain(Wrong, finding.Text + finding.Advice, StringComparison.Ordinal);
        Assert.Equal(0, _server.CallsOf("getMe"));
    }

    [Fact]
    public async Task Run_TokenNotKnown_IsAFault()
    {
        const string Foreign = "1000002:eeeeeeeeeefffffffffffgggggggggghhhh";
        var finding = Assert.Single(await RunAsync(Foreign));

        Assert.Equal(FindingLevel.Fault, finding.Level);
        Assert.Contains("does not know the token", finding.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Foreign, finding.Text + finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TelegramIsAway_SaysHowToReachIt()
    {
        var token = _server.Token;
        var address = Address;
        await _server.DisposeAsync();
        var finding = Assert.Single(await RunAsync(token, new() { BaseAddress = address, TimeoutMs = 10_000 }));

        Assert.Equal(FindingLevel.Fault, finding.Level);
        Assert.Contains("telegram.proxy", finding.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain(token, finding.Text + finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NobodyMaySpeak_IsAWarning()
    {
        var findings = await RunAsync(_server.Token);

        Assert.Equal([FindingLevel.Ok, FindingLevel.Warning, FindingLevel.Ok], findings.Select(finding => finding.Level));
        Assert.Contains("telegram.chats is empty", findings[1].Text, StringComparison.Ordinal);
        Assert.Contains("no webhook is set", findings[2].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WebhookSetElsewhere_SaysThatARunTakesItAway()
    {
        await SetWebhookAsync();
        var finding = (await RunAsync(_server.Token, new() { Chats = "5" }))[^1];

        Assert.Equal(FindingLevel.Warning, finding.Level);
        Assert.Contains("bot.example.org", finding.Text, StringComparison.Ordinal);
        Assert.Contains("takes that webhook away", finding.Advice, StringComparison.Ordinal);
        Assert.Equal(Elsewhere, _server.Webhook.Url);   // doctor changes nothing
    }

    [Fact]
    public async Task Run_WebhookAsSet_IsLeftThere()
    {
        await SetWebhookAsync();
        var findings = await RunAsync(_server.Token, new() { Chats = "5", Webhook = Elsewhere });

        Assert.Contains(findings, finding => finding.Level == FindingLevel.Fault
            && finding.Text.Contains(TelegramKeys.WebhookSecretVariable, StringComparison.Ordinal));
        Assert.Equal(FindingLevel.Ok, findings[^1].Level);
        Assert.Contains("hears no commands", findings[^1].Text, StringComparison.Ordinal);
    }

    private string Address => _server.Address.ToString().TrimEnd('/');

    private async Task SetWebhookAsync()
    {
        using var api = new BotApi(new() { BaseAddress = Address }, new(_server.Token), proxy: null, new(), TimeProvider.System);
        Assert.IsType<BotAnswer.Done>(await api.SetWebhookAsync(new(Elsewhere), new("secret_of_the_webhook_00"), dropPending: false, Cancel));
    }

    private async Task<List<Finding>> RunAsync(string? token, TelegramOptions? options = null)
    {
        var findings = new List<Finding>();
        var environment = token is null ? [] : new Dictionary<string, string> { [TelegramKeys.TokenVariable] = token };
        options ??= new();
        if (options.BaseAddress == new TelegramOptions().BaseAddress) options = options with { BaseAddress = Address };
        await TelegramCheck.RunAsync(options, environment, findings, TimeProvider.System, Cancel);
        return findings;
    }
}

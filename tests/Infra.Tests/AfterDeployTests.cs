using Xunit;

namespace FuturesBot.Infra.Tests;

/// <summary>The hook that follows a deployment, as a program of its own.</summary>
public sealed class AfterDeployTests(DeployedWorld world) : IClassFixture<DeployedWorld>
{
    private const string Ready = """{"status":"ready"}""";
    private const string Token = "123456789:made-up-token";
    private const string Secret = "made_up-secret";

    private static readonly (string, string)[] Sidecar = [("SIDECAR_ENDPOINT", "{server}"), ("AFTER_DEPLOY_WAIT", "60")];
    private static readonly (string, string)[] Bot =
    [
        .. Sidecar, ("TELEGRAM_WEBHOOK_URL", "{server}/telegram"), ("TELEGRAM_BASE_ADDRESS", "{server}"), ("TELEGRAM_BOT_TOKEN", Token), ("TELEGRAM_WEBHOOK_SECRET", Secret),
    ];

    [Theory]
    [InlineData("HTTP 451: the exchange does not serve this country or region")]
    [InlineData("HTTP 403: the exchange's firewall refuses this address")]
    public async Task Run_ExchangeThatRefusesTheRegion_FailsAtOnceWithTheReason(string fault)
    {
        var (code, text, asked) = await world.RunAsync(
            (_, _) => (503, NotReady($"The exchange refuses this place or address: {fault}. Another region or address is needed")), Sidecar);

        Assert.Equal(1, code);
        Assert.Contains("the exchange refuses this region", text, StringComparison.Ordinal);
        Assert.Contains(fault, text, StringComparison.Ordinal);
        Assert.Single(asked);   // waiting does not help
    }

    [Fact]
    public void Words_ByWhichTheHookKnowsARefusal_AreTheSidecars() =>
        Assert.Contains("\"The exchange refuses this place or address: {e.Message}. Another region or address is needed\"", Project.Read(Project.Root, "sidecar/SidecarProcess.cs"), StringComparison.Ordinal);

    // A number in a sentence about something else is no answer of the exchange.
    [Fact]
    public async Task Run_SidecarThatLoadsAndStandsByFirst_WaitsUntilItFollowsTheMarket()
    {
        var answers = new Queue<(int, string)>(
        [
            (503, NotReady("The past is being loaded: 403 of 500 symbols, 451 s left")), (404, "<html>no app yet</html>"), (200, """{"status":"standby"}"""), (200, Ready),
        ]);

        var (code, text, asked) = await world.RunAsync((_, _) => answers.Dequeue(), Sidecar);

        Assert.True(code == 0, text);
        Assert.Equal(Enumerable.Repeat("/health/ready", 4), asked);
        Assert.Contains("403 of 500 symbols", text, StringComparison.Ordinal);
        Assert.Contains("another revision still holds the market", text, StringComparison.Ordinal);
        Assert.Contains("the chat is silent", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SidecarThatIsNeverReady_FailsWithItsLastWord()
    {
        var (code, text, _) = await world.RunAsync(
            (_, _) => (503, NotReady("The storage account does not answer yet")), ("SIDECAR_ENDPOINT", "{server}"), ("AFTER_DEPLOY_WAIT", "1"));

        Assert.Equal(1, code);
        Assert.Contains("was not ready within 1 s", text, StringComparison.Ordinal);
        Assert.Contains("The storage account does not answer yet", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithABot_TellsTelegramAddressAndSecretOnceTheFunctionAsksForIt()
    {
        var tries = 0;

        var (code, text, asked) = await world.RunAsync(
            (path, _) => path switch
            {
                "/health/ready" => (200, Ready),
                "/telegram" => (++tries < 3 ? 404 : 401, ""),
                _ => (200, """{"ok":true}"""),
            },
            Bot);

        Assert.True(code == 0, text);
        var told = Uri.UnescapeDataString(asked[^1]);
        Assert.StartsWith($"/bot{Token}/setWebhook url=http://127.0.0.1:", told, StringComparison.Ordinal);
        Assert.Contains($"/telegram&secret_token={Secret}&", told, StringComparison.Ordinal);
        Assert.Equal(3, tries);
        AssertSilent(text);
    }

    [Fact]
    public async Task Run_FunctionThatTakesAnUpdateWithoutTheSecret_FailsAndTelegramIsNotTold()
    {
        var (code, text, asked) = await world.RunAsync((_, _) => (200, Ready), Bot);

        Assert.Equal(1, code);
        Assert.Contains("took an update without the secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain(asked, one => one.Contains("setWebhook", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_TelegramThatRefuses_FailsWithItsWordsAndWithoutSecrets()
    {
        var (code, text, _) = await world.RunAsync(
            (path, _) => path switch
            {
                "/health/ready" => (200, Ready),
                "/telegram" => (401, ""),
                _ => (400, $$"""{"ok":false,"description":"bad webhook of {{Token}} with {{Secret}}"}"""),
            },
            Bot);

        Assert.Equal(1, code);
        Assert.Contains("bad webhook of *** with ***", text, StringComparison.Ordinal);
        AssertSilent(text);
    }

    [Theory]
    [InlineData("TELEGRAM_BOT_TOKEN", "", "TELEGRAM_BOT_TOKEN is not set")]
    [InlineData("TELEGRAM_WEBHOOK_SECRET", "with spaces in it", "TELEGRAM_WEBHOOK_SECRET has to be 1 to 256 of")]
    [InlineData("DURABLE_BACKEND", "scheduler", "host.json keeps orchestrations in the storage, the environment was built for the scheduler")]
    [InlineData("SIDECAR_ENDPOINT", "", "SIDECAR_ENDPOINT is not set")]
    public async Task Run_SettingThatIsWrong_FailsAndSaysWhichAndNothingSecret(string name, string value, string why)
    {
        var (code, text, asked) = await world.RunAsync((_, _) => (200, Ready), [.. Bot, (name, value)]);

        Assert.Equal(1, code);
        Assert.Contains(why, text, StringComparison.Ordinal);
        Assert.DoesNotContain("with spaces", text, StringComparison.Ordinal);
        Assert.DoesNotContain(asked, one => one.Contains("setWebhook", StringComparison.Ordinal));
    }

    private static void AssertSilent(string text)
    {
        Assert.DoesNotContain(Token, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
    }

    private static string NotReady(string reason) => $$"""{"title":"Not ready","status":503,"detail":"{{reason}}"}""";
}

using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.Telegram;
using FuturesBot.Functions.Http;
using FuturesBot.Functions.Wiring;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FuturesBot.Functions.Tests;

/// <summary>The webhook while its storage is away: whoever does not know the secret is told the same as ever.</summary>
public sealed class TelegramUpdatesTests
{
    private const string Update = """{"update_id":7,"message":{"message_id":5,"date":1764400000,"chat":{"id":9,"type":"private"},"text":"/status"}}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("guess", StatusCodes.Status403Forbidden)]
    [InlineData("", StatusCodes.Status403Forbidden)]
    [InlineData("telegram-knows", StatusCodes.Status503ServiceUnavailable)]   // Telegram brings it again
    public async Task TelegramWebhook_StorageIsAway_AnswersByTheSecretFirst(string secret, int status)
    {
        using var app = new AppInMemory { Away = new StorageException("The account does not answer", 503, "") };

        Assert.Equal(status, Ask.StatusOf(await SendAsync(app, secret)));
        app.Away = null;
        Assert.Equal(secret == "telegram-knows" ? StatusCodes.Status200OK : status, Ask.StatusOf(await SendAsync(app, secret)));
    }

    [Fact]
    public async Task TelegramWebhook_NoSecretIsKnown_IsNotThere()
    {
        using var app = new AppInMemory();

        Assert.Equal(StatusCodes.Status404NotFound, Ask.StatusOf(await SendAsync(app, "", known: null)));
        Assert.Empty(app.Commands.Sent);
    }

    private static Task<IResult> SendAsync(AppInMemory app, string secret, string? known = "telegram-knows")
    {
        var settings = new FunctionsSettings(app.Parts.Bot, known is null ? null : new(known), new(Otlp: null, IsGrpc: false, ApplicationInsights: null), ClientId: null);
        var updates = new TelegramUpdates(app.Parts, settings, NullLogger<TelegramUpdates>.Instance);
        return updates.TelegramWebhook(Ask.With(Update, (WebhookDoor.SecretHeader, secret)), Cancel);
    }
}

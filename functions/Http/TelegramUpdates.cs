using FuturesBot.Adapters.Telegram;
using FuturesBot.Functions.Wiring;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Functions.Http;

/// <summary>The address to which Telegram brings updates. It answers as soon as the update lies on the command queue.</summary>
/// <remarks>Storage is reached for an update that has shown the secret, and for nobody else.</remarks>
public sealed class TelegramUpdates(Parts parts, FunctionsSettings settings, ILogger<TelegramUpdates> log)
{
    [Function(nameof(TelegramWebhook))]
    public async Task<IResult> TelegramWebhook(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "telegram")] HttpRequest request, CancellationToken cancel)
    {
        if (settings.WebhookSecret is not { } secret) return Results.NotFound();
        var relay = new WebhookRelay(secret, new CommandsOnDemand(parts), parts.Time, log);
        var answer = await relay.HandleAsync(request.Headers[WebhookDoor.SecretHeader], request.Body, cancel);
        return Results.StatusCode((int)answer);
    }
}

using FuturesBot.Adapters.Binance;
using FuturesBot.Engine.Chat;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Telegram;

/// <summary>
/// Takes what Telegram brings to an address. Whoever does not know the secret learns nothing, not even whether there is a bot.
/// </summary>
/// <param name="secret">What <c>setWebhook</c> was given.</param>
/// <param name="intake">Where updates go.</param>
/// <param name="time">Wall time.</param>
/// <param name="log">Hears of what could not be taken in.</param>
public sealed partial class TelegramWebhook(Secret secret, ChatIntake intake, TimeProvider time, ILogger log)
{
    /// <summary>The header that holds the secret.</summary>
    public const string SecretHeader = WebhookDoor.SecretHeader;

    private readonly WebhookDoor _door = new(secret, time);
    private readonly Dictionary<WebhookAnswer, long> _counts = [];

    /// <summary>How often each answer was given since the start.</summary>
    public IReadOnlyDictionary<WebhookAnswer, long> Counts
    {
        get
        {
            lock (_counts) return new Dictionary<WebhookAnswer, long>(_counts);
        }
    }

    /// <param name="secretHeader">Value of <see cref="SecretHeader"/>; null when there was none.</param>
    /// <param name="body">The request's body; no more than an update can hold is read.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<WebhookAnswer> HandleAsync(string? secretHeader, Stream body, CancellationToken cancel)
    {
        var answer = await AnswerAsync(secretHeader, body, cancel);
        lock (_counts) _counts[answer] = _counts.GetValueOrDefault(answer) + 1;
        return answer;
    }

    private async Task<WebhookAnswer> AnswerAsync(string? secretHeader, Stream body, CancellationToken cancel)
    {
        var (answer, update) = await _door.ReadAsync(secretHeader, body, cancel);
        if (answer != WebhookAnswer.Taken) return answer;
        if (update is null) return WebhookAnswer.Taken;   // of a kind that is not answered
        try
        {
            await intake.TakeAsync(update, cancel);
            return WebhookAnswer.Taken;
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or OutOfMemoryException))
        {
            LogLater(log, fault, update.UpdateId);
            return WebhookAnswer.Later;
        }
    }

    [LoggerMessage(7111, LogLevel.Error, "Update {Id} could not be taken in; Telegram brings it again")]
    private static partial void LogLater(ILogger log, Exception fault, long id);
}

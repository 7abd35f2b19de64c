using System.Text.Json;
using FuturesBot.Engine.Chat;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Telegram;

/// <summary>Asks Telegram for updates and waits for them: the way of a host that has no public address.</summary>
/// <param name="api">Telegram.</param>
/// <param name="intake">Where updates go.</param>
/// <param name="options">How long a question stays open.</param>
/// <param name="seenUntil">Number of the last update that was taken in before; 0 for none.</param>
/// <param name="time">Wall time.</param>
/// <param name="random">Spreads repeats.</param>
/// <param name="log">Hears of what goes wrong.</param>
public sealed partial class TelegramPoller(
    BotApi api, ChatIntake intake, TelegramOptions options, long seenUntil, TimeProvider time, Random random, ILogger log)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private long _offset = seenUntil > 0 ? seenUntil + 1 : 0;
    private bool _isBacklog = true;
    private int _failures;
    private long _lastUpdateMs = time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Updates of a kind that is not answered, since the start.</summary>
    public long Skipped { get; private set; }

    /// <summary>When Telegram last answered: wall time, UTC, Unix milliseconds; null when it never did.</summary>
    public long? LastAnswerMs { get; private set; }

    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            if (options.Webhook.Length > 0)
            {
                LogLeft(log);   // another host answers; two with one token would take each other's updates
                return;
            }

            await RemoveWebhookAsync(cancel);
            while (!cancel.IsCancellationRequested)
            {
                var pause = await StepAsync(cancel);
                if (pause > TimeSpan.Zero) await Task.Delay(pause, time, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The end of the run.
        }
    }

    // With a webhook set, questions are refused. What waits at Telegram stays: the gate drops what is too old.
    private async Task RemoveWebhookAsync(CancellationToken cancel)
    {
        if (await api.GetWebhookInfoAsync(cancel) is BotAnswer.Done { Result: { ValueKind: JsonValueKind.Object } info }
            && info.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String && url.GetString() is { Length: > 0 } set)
            LogTaken(log, Uri.TryCreate(set, UriKind.Absolute, out var address) ? address.Host : "an address that cannot be read");
        var removed = await api.DeleteWebhookAsync(dropPending: false, cancel);
        if (removed is not BotAnswer.Done) LogNoAnswer(log, "deleteWebhook", removed.Text);
    }

    /// <summary>One question and its updates; how long to wait before the next.</summary>
    private async Task<TimeSpan> StepAsync(CancellationToken cancel)
    {
        // At start nobody waits: an empty answer says that everything from before is read.
        var answer = await api.GetUpdatesAsync(_offset, _isBacklog ? TimeSpan.Zero : TimeSpan.FromSeconds(options.PollSeconds), cancel);
        if (answer is not BotAnswer.Done { Result: { ValueKind: JsonValueKind.Array } updates })
        {
            LogNoAnswer(log, "getUpdates", answer.Text);
            return answer is BotAnswer.Fault { RetryAfter: { } wait } ? wait : Pause();
        }

        _failures = 0;
        // After a week without updates Telegram numbers them anew: the old number would hide them.
        if (updates.GetArrayLength() > 0) _lastUpdateMs = NowMs;
        else if (NowMs - _lastUpdateMs > ChatGate.NumbersHoldMs) _offset = 0;
        LastAnswerMs = NowMs;
        foreach (var update in updates.EnumerateArray())
        {
            try
            {
                await TakeAsync(update, cancel);
            }
            catch (Exception fault) when (fault is not (OperationCanceledException or OutOfMemoryException))
            {
                LogNotTaken(log, fault);   // asked for again
                return Pause();
            }
        }

        _isBacklog &= updates.GetArrayLength() > 0;
        return TimeSpan.Zero;
    }

    private async Task TakeAsync(JsonElement update, CancellationToken cancel)
    {
        // A press has no time of its own. One that waited for the start may be hours old: it counts as too old.
        if (UpdateReader.Read(update, _isBacklog ? 0 : NowMs) is { } read) await intake.TakeAsync(read, cancel);
        else Skipped++;
        if (UpdateReader.IdOf(update) is { } id) _offset = Math.Max(_offset, id + 1);
    }

    private TimeSpan Pause()
    {
        var wait = Math.Min(LongestPause.TotalMilliseconds, 500 * Math.Pow(2, Math.Min(_failures++, 10)));
        return TimeSpan.FromMilliseconds(wait * (0.75 + (random.NextDouble() / 2)));
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    [LoggerMessage(7121, LogLevel.Warning, "Telegram did not answer {Method}: {Why}")]
    private static partial void LogNoAnswer(ILogger log, string method, string why);

    [LoggerMessage(7123, LogLevel.Warning,
        "Telegram brought updates to {Host}; this run takes them over, and commands are not answered there any more. To leave them there, name that webhook in telegram.webhook")]
    private static partial void LogTaken(ILogger log, string host);

    [LoggerMessage(7124, LogLevel.Warning,
        "telegram.webhook names a host that answers: this run tells, and hears no commands. To let it hear them, leave telegram.webhook empty")]
    private static partial void LogLeft(ILogger log);

    [LoggerMessage(7122, LogLevel.Error, "An update could not be taken in; it is asked for again")]
    private static partial void LogNotTaken(ILogger log, Exception fault);
}

using System.Diagnostics;
using FuturesBot.Engine.Telemetry;

namespace FuturesBot.Engine.Chat.Delivery;

/// <summary>
/// Takes messages from the outbox to the messenger: in the order of each chat, at the pace that is allowed, and each once
/// but for what nobody can know. Trading never waits for it.
/// </summary>
/// <remarks>
/// A message is noted as on its way before it is sent, and as done after the answer. A process that dies in between finds
/// it on its way: it may be in the chat, so it is sent again with a line that says so. One loop sends one message at a
/// time, so a death leaves at most one such message.
/// </remarks>
public sealed class OutboxSender(SenderParts parts) : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FaultPause = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _news = new(0);
    private readonly SendPace _pace = new(parts.Pace, parts.Time);
    private readonly Dictionary<long, (long From, TimeSpan For)> _backedOff = [];
    private long _forgotten;
    private bool _hasForgotten;

    /// <summary>Messages that the messenger has, since the start.</summary>
    public long Delivered { get; private set; }

    /// <summary>Messages given up since the start.</summary>
    public long GivenUp { get; private set; }

    /// <summary>Pictures that could not be drawn since the start.</summary>
    public long PicturesFailed { get; private set; }

    /// <summary>When the messenger last took a message: wall time, UTC, Unix milliseconds; null when it never did.</summary>
    public long? LastDeliveredMs { get; private set; }

    /// <summary>Something was added. Safe to call from any thread.</summary>
    public void Wake()
    {
        if (_news.CurrentCount == 0) _news.Release();
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var wait = FaultPause;
            try
            {
                wait = await StepAsync(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                parts.Listener.Failed(fault);   // what waits is in the store; a fault of the chat must not end the run
            }

            if (wait > TimeSpan.Zero) await PauseAsync(wait, cancel);
        }
    }

    /// <summary>Sends what may be sent now, one message of each chat; how long nothing else is due.</summary>
    public async Task<TimeSpan> StepAsync(CancellationToken cancel)
    {
        await ForgetAsync(cancel);
        var soonest = Idle;
        foreach (var head in await parts.Outbox.LoadHeadsAsync(cancel))
        {
            var chat = head.Message.ChatId;
            var wait = Max(_pace.Wait(chat), BackOffLeft(chat));
            if (wait == TimeSpan.Zero)
            {
                await SendAsync(head, cancel);
                wait = Max(_pace.Wait(chat), BackOffLeft(chat));
            }

            soonest = Min(soonest, wait);
        }

        return soonest;
    }

    public void Dispose() => _news.Dispose();

    private async Task SendAsync(QueuedMessage head, CancellationToken cancel)
    {
        var message = head.Message;
        using var span = BotTelemetry.StartFrom(Spans.Send, ActivityKind.Producer, message.TraceParent);
        if (span is { IsAllDataRequested: true }) Describe(span, message);
        if (head.Doubts >= parts.Options.DoubtsMax)
        {
            await GiveUpAsync(message, $"sent {head.Doubts} times, and nobody can tell whether it arrived");
            return;
        }

        var post = PostOf(head, isNew: !IsEdit(head));
        await parts.Outbox.BeginAsync(message.Id, cancel);
        _pace.Take(message.ChatId);
        var outcome = await ActAsync(head, post, cancel);
        switch (outcome)
        {
            case SendOutcome.Delivered delivered:
                Delivered++;
                LastDeliveredMs = NowMs;
                Note("delivered");
                Counts.Took(Stages.Sent, NowMs - message.CreatedAtMs);
                _backedOff.Remove(message.ChatId);
                // Noted even when the program is asked to end now: the message is in the chat.
                await parts.Outbox.EndAsync(message.Id, new(delivered.Sent), NowMs, CancellationToken.None);
                break;
            case SendOutcome.RetryAfter retry:
                _pace.HoldAll(retry.Wait);
                await DelayAsync(message, inDoubt: false, "the messenger asked for a pause", retry.Wait);
                break;
            case SendOutcome.NotSent notSent:
                await DelayAsync(message, inDoubt: false, notSent.Why, BackOff(head));
                break;
            case SendOutcome.Unknown unknown:
                await DelayAsync(message, inDoubt: !IsEdit(head), unknown.Why, BackOff(head));
                break;
            case SendOutcome.Refused refused:
                await GiveUpAsync(message, refused.Why);
                break;
            default:
                await GiveUpAsync(message, "the message that it changes is not there any more");
                break;
        }
    }

    private async Task<SendOutcome> ActAsync(QueuedMessage head, ChatPost post, CancellationToken cancel)
    {
        if (EditedBy(head) is not { } sent) return await parts.Messenger.SendAsync(post, cancel);
        var outcome = await parts.Messenger.EditAsync(post, sent, cancel);
        return outcome is SendOutcome.Gone ? await parts.Messenger.SendAsync(PostOf(head, isNew: true), cancel) : outcome;
    }

    // A picture that is named is drawn for a new message alone: an edit leaves the one that is there.
    private ChatPost PostOf(QueuedMessage head, bool isNew)
    {
        var message = head.Message;
        var html = head.LeftOut > 0 ? parts.Words.OfLeftOut(head.LeftOut) : message.Html;
        if (head.Doubts > 0 && !IsEdit(head)) html += $"\n<i>{parts.Words.Repeat}</i>";
        return new(message.ChatId, html)
        {
            Buttons = message.Buttons,
            Picture = message.Picture ?? (isNew ? Draw(message) : null),
            ReplyTo = message.Act == MessageAct.Reply ? head.Card?.MessageId : null,
            Silent = message.Silent,
        };
    }

    private byte[]? Draw(OutgoingMessage message)
    {
        if (message.PictureKey is not { } key) return null;
        try
        {
            return parts.Draw(key, message.ChatId);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            PicturesFailed++;
            parts.Listener.PictureFailed(message, fault);
            return null;
        }
    }

    private static bool IsEdit(QueuedMessage head) => EditedBy(head) is not null;

    private static SentCard? EditedBy(QueuedMessage head) => head.Message switch
    {
        { Act: MessageAct.Edit, Replaces: { } id } => new(id, HasPicture: head.Message.Picture is not null),
        { Act: MessageAct.Edit } => head.Card,
        _ => null,
    };

    private async Task GiveUpAsync(OutgoingMessage message, string why)
    {
        GivenUp++;
        Note("given_up");
        parts.Listener.GivenUp(message, why);
        await parts.Outbox.EndAsync(message.Id, new(Sent: null, why), NowMs, CancellationToken.None);
    }

    private async Task DelayAsync(OutgoingMessage message, bool inDoubt, string why, TimeSpan wait)
    {
        Note("delayed");
        _backedOff[message.ChatId] = (parts.Time.GetTimestamp(), wait);
        parts.Listener.Delayed(message, why, wait);
        await parts.Outbox.DelayAsync(message.Id, inDoubt, CancellationToken.None);
    }

    // The chat's number stays out of it: the part of the id before it says which effect this tells.
    private void Describe(Activity span, OutgoingMessage message) => span
        .SetTag(Attributes.EffectId, message.Id.Split('@')[0]).SetTag(Attributes.SignalId, message.Card ?? "").SetTag(Attributes.Kind, message.Act.ToString())
        .SetTag(Attributes.WaitedMs, Math.Max(0, NowMs - message.CreatedAtMs));

    private static void Note(string result)
    {
        Counts.Told(result);
        if (Activity.Current is { OperationName: Spans.Send, IsAllDataRequested: true } span) span.SetTag(Attributes.Result, result);
    }

    private TimeSpan BackOff(QueuedMessage head)
    {
        var longest = parts.Options.RetryLongestMs;
        var wait = Math.Min(longest, parts.Options.RetryFirstMs * Math.Pow(2, Math.Min(head.Tries, 20)));
        return TimeSpan.FromMilliseconds(wait * (0.75 + (parts.Random.NextDouble() / 2)));
    }

    private TimeSpan BackOffLeft(long chatId) => _backedOff.TryGetValue(chatId, out var pause)
        ? Max(pause.For - parts.Time.GetElapsedTime(pause.From), TimeSpan.Zero)
        : TimeSpan.Zero;

    private async Task PauseAsync(TimeSpan wait, CancellationToken cancel)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var news = _news.WaitAsync(ends.Token);
        await Task.WhenAny(news, Task.Delay(wait, parts.Time, ends.Token));
        await ends.CancelAsync();
        await news.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ForgetAsync(CancellationToken cancel)
    {
        if (_hasForgotten && parts.Time.GetElapsedTime(_forgotten) < TimeSpan.FromHours(6)) return;
        (_hasForgotten, _forgotten) = (true, parts.Time.GetTimestamp());
        const long DayMs = 86_400_000;
        await parts.Outbox.ForgetAsync(NowMs - (parts.Options.KeepDays * DayMs), NowMs - (parts.Options.CardDays * DayMs), cancel);
    }

    private long NowMs => parts.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}

using System.Globalization;
using FuturesBot.Engine.Chat.Delivery;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Chat;

/// <summary>
/// Takes updates in, for long polling and webhook alike: the gate judges, the desk answers, and the answers go into the
/// outbox together with the number of the update, so that nothing is answered twice and no answer is lost.
/// </summary>
/// <param name="gate">Who is heard.</param>
/// <param name="answer">The desk.</param>
/// <param name="post">Where answers go.</param>
/// <param name="messenger">Lets pressed buttons stop waiting.</param>
/// <param name="listener">Hears of strangers and faults.</param>
/// <param name="bot">Tells bots apart: each has numbers of its own.</param>
/// <param name="time">Wall time.</param>
public sealed class ChatIntake(
    ChatGate gate, Func<ChatUpdate, CancellationToken, Task<IReadOnlyList<ChatReply>>> answer, PostOffice post, IMessenger messenger,
    IChatListener listener, string bot, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);   // one after another: the answers' order is the questions'

    private long _seen;

    /// <summary>The number of the last update that was taken in before; 0 for none, or when it was so long ago that it says nothing.</summary>
    public static async Task<long> LoadSeenAsync(IOutbox outbox, string bot, TimeProvider time, CancellationToken cancel)
    {
        var parts = (await outbox.LoadValueAsync(SeenName(bot), cancel) ?? "").Split('@');
        return parts is [var id, var at]
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var atMs)
            && time.GetUtcNow().ToUnixTimeMilliseconds() - atMs < ChatGate.NumbersHoldMs
                ? seen
                : 0;
    }

    /// <summary>Takes one update in. When this returns it is taken in for good; a fault of the store is the caller's, who may come again.</summary>
    public async Task TakeAsync(ChatUpdate update, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            var verdict = gate.Judge(update, nowMs);
            if (verdict == ChatVerdict.Repeated) return;
            if (verdict == ChatVerdict.NewStranger) listener.Stranger(update.ChatId, update.UserId);
            var replies = verdict == ChatVerdict.Heard ? await AnswerAsync(update, cancel) : [];
            try
            {
                await post.PostAsync(
                    replies.Where(reply => reply.Html.Length > 0).Select((reply, i) => MessageOf(update, reply, i, nowMs)),
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        [SeenName(bot)] = string.Create(CultureInfo.InvariantCulture, $"{Math.Max(_seen, update.UpdateId)}@{nowMs}"),
                    },
                    cancel);
            }
            catch
            {
                gate.Forget(update.UpdateId);
                throw;
            }

            _seen = Math.Max(_seen, update.UpdateId);
            if (update.Press is { } press && verdict == ChatVerdict.Heard)
                await messenger.AnswerPressAsync(press.CallbackId, replies.FirstOrDefault(reply => reply.Toast is not null)?.Toast, cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<IReadOnlyList<ChatReply>> AnswerAsync(ChatUpdate update, CancellationToken cancel)
    {
        try
        {
            return await answer(update, cancel);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or OutOfMemoryException))
        {
            listener.Unanswered(update, fault);   // a question that breaks the desk must not come again and again
            return [];
        }
    }

    private static string SeenName(string bot) => $"chat_update_id_{bot}";

    private static OutgoingMessage MessageOf(ChatUpdate update, ChatReply reply, int i, long nowMs) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"update-{update.UpdateId}-{i}@{update.ChatId}"),
        ChatId = update.ChatId,
        Html = reply.Html,
        Act = reply.Replaces is null ? MessageAct.New : MessageAct.Edit,
        Replaces = reply.Replaces,
        Rank = MessageRank.Low,
        Buttons = reply.Buttons,
        Picture = reply.Picture,
        CreatedAtMs = nowMs,
    };
}

using FuturesBot.Engine.Chat.Delivery;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Tests.Telegram;

/// <summary>A messenger that takes everything in, unless it is told otherwise.</summary>
internal sealed class RecordingMessenger : IMessenger
{
    private long _nextId = 100;

    /// <summary>What the chats hold, in the order it came; edits change it in place.</summary>
    public List<(long Id, ChatPost Post)> Chat { get; } = [];

    public List<(long Id, ChatPost Post)> Edits { get; } = [];

    /// <summary>Outcomes for the next calls; what is accepted all the same is said with it.</summary>
    public Queue<(SendOutcome Outcome, bool Accepted)> Next { get; } = new();

    public Task<SendOutcome> SendAsync(ChatPost post, CancellationToken cancel = default) => Task.FromResult(Do(() =>
    {
        Chat.Add((++_nextId, post));
        return new SentCard(_nextId, post.Picture is not null);
    }));

    public Task<SendOutcome> EditAsync(ChatPost post, SentCard sent, CancellationToken cancel = default) => Task.FromResult(Do(() =>
    {
        Edits.Add((sent.MessageId, post));
        var at = Chat.FindIndex(one => one.Id == sent.MessageId);
        if (at >= 0) Chat[at] = (sent.MessageId, post);
        return sent;
    }));

    public Task AnswerPressAsync(string callbackId, string? toast, CancellationToken cancel = default) => Task.CompletedTask;

    private SendOutcome Do(Func<SentCard> accept)
    {
        if (!Next.TryDequeue(out var told)) return new SendOutcome.Delivered(accept());
        if (told.Accepted) accept();
        return told.Outcome;
    }
}

namespace FuturesBot.Engine.Chat.Delivery;

/// <summary>Says when the next message may go out. Not safe for use by several threads: one loop sends.</summary>
public sealed class SendPace(SendPaceOptions options, TimeProvider time)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Queue<long> _all = new();
    private readonly Dictionary<long, Queue<long>> _groups = [];
    private readonly Dictionary<long, (double Tokens, long At)> _chats = [];
    private (long From, TimeSpan For)? _hold;

    /// <summary>How long a message to this chat has to wait; zero when it may go.</summary>
    public TimeSpan Wait(long chatId)
    {
        var wait = HoldLeft();
        wait = Max(wait, WindowWait(_all, options.PerSecond, Second));
        if (chatId < 0 && _groups.TryGetValue(chatId, out var group)) wait = Max(wait, WindowWait(group, options.GroupPerMinute, Minute));
        var tokens = TokensOf(chatId);
        return tokens >= 1 ? wait : Max(wait, TimeSpan.FromMilliseconds(Math.Ceiling((1 - tokens) * options.ChatGapMs)));
    }

    /// <summary>Counts a message to this chat.</summary>
    public void Take(long chatId)
    {
        var now = time.GetTimestamp();
        _all.Enqueue(now);
        while (_all.Count > options.PerSecond) _all.Dequeue();
        _chats[chatId] = (TokensOf(chatId) - 1, now);
        if (chatId >= 0) return;
        if (!_groups.TryGetValue(chatId, out var group)) _groups[chatId] = group = new();
        group.Enqueue(now);
        while (group.Count > options.GroupPerMinute) group.Dequeue();
    }

    /// <summary>Nothing goes out for so long; a longer pause that holds already stays.</summary>
    public void HoldAll(TimeSpan pause)
    {
        if (pause > HoldLeft()) _hold = (time.GetTimestamp(), pause);
    }

    private TimeSpan HoldLeft() => _hold is { } hold ? Max(hold.For - time.GetElapsedTime(hold.From), TimeSpan.Zero) : TimeSpan.Zero;

    // The queue holds as many as the window allows: when it is full, the oldest has to leave the window first.
    private TimeSpan WindowWait(Queue<long> sent, int most, TimeSpan window) =>
        sent.Count < most ? TimeSpan.Zero : Max(window - time.GetElapsedTime(sent.Peek()), TimeSpan.Zero);

    private double TokensOf(long chatId) => _chats.TryGetValue(chatId, out var chat)
        ? Math.Min(options.ChatBurst, chat.Tokens + (time.GetElapsedTime(chat.At).TotalMilliseconds / options.ChatGapMs))
        : options.ChatBurst;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}

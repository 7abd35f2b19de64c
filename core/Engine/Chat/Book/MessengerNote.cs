namespace FuturesBot.Engine.Chat.Book;

/// <summary>How the chat does.</summary>
/// <param name="Waiting">Messages not sent yet.</param>
/// <param name="OldestWait">How long the oldest of them has waited, wall time; null when none waits.</param>
/// <param name="Sent">Messages that the messenger took since the start.</param>
/// <param name="GivenUp">Messages given up since the start.</param>
/// <param name="LastSentMs">When it last took one: wall time, UTC, Unix milliseconds; null when it never did.</param>
/// <param name="LastHeardMs">When it last answered the question for updates; null when it never did.</param>
/// <param name="Heard">Updates answered since the start.</param>
/// <param name="Strangers">Updates of people who are not allowed.</param>
/// <param name="Repeated">Updates that came twice.</param>
/// <param name="Stale">Updates that were too old.</param>
/// <param name="IsReal">The real Telegram; else the one on the page.</param>
public sealed record MessengerNote(
    int Waiting, TimeSpan? OldestWait, long Sent, long GivenUp, long? LastSentMs, long? LastHeardMs, long Heard, long Strangers, long Repeated,
    long Stale, bool IsReal)
{
    /// <summary>Messages that wait longer than this say that something is wrong.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(5);

    public bool IsLate => OldestWait > WaitMax;
}

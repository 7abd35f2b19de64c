namespace FuturesBot.Dashboard;

/// <summary>
/// The chat as it would look, for a run that has no bot's token: what was said, and a way to answer. Every method is quick and
/// may be called from any thread.
/// </summary>
public interface IChatTranscript
{
    /// <summary>Grows with every change: a page that knows this number has nothing to ask.</summary>
    long Version { get; }

    /// <summary>Messages, the oldest first.</summary>
    /// <param name="limit">The newest so many.</param>
    IReadOnlyList<ChatMessageView> Messages(int limit);

    /// <summary>The PNG of a message; null when it has none, or is not there any more.</summary>
    byte[]? Picture(long messageId);

    /// <summary>Commands of the menu, in its order.</summary>
    IReadOnlyList<ChatCommandView> Commands();

    /// <summary>Writes into the chat as its person; false when the text is empty or longer than 4,096 characters.</summary>
    bool Say(string text);

    /// <summary>Presses a button as the chat's person; false when the message has none that carries this.</summary>
    bool Press(long messageId, string data);
}

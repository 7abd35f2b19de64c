namespace FuturesBot.Engine.Chat;

/// <summary>Hears what comes into a chat. Must not throw.</summary>
public interface IChatListener
{
    /// <summary>Somebody who is not allowed spoke, for the first time today.</summary>
    void Stranger(long chatId, long userId);

    /// <summary>An update that was allowed could not be answered.</summary>
    void Unanswered(ChatUpdate update, Exception fault);
}

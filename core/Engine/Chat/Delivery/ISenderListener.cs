namespace FuturesBot.Engine.Chat.Delivery;

/// <summary>Hears what becomes of messages. Must not throw.</summary>
public interface ISenderListener
{
    /// <summary>It was given up; the reason holds no secret.</summary>
    void GivenUp(OutgoingMessage message, string why);

    /// <summary>It has to wait and is tried again.</summary>
    void Delayed(OutgoingMessage message, string why, TimeSpan wait);

    /// <summary>Its picture could not be drawn; the text goes alone.</summary>
    void PictureFailed(OutgoingMessage message, Exception fault);

    /// <summary>The loop itself failed, as when the store cannot be written; it goes on after a pause.</summary>
    void Failed(Exception fault);
}

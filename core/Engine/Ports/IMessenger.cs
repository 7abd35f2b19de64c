using FuturesBot.Engine.Chat.Delivery;

namespace FuturesBot.Engine.Ports;

/// <summary>Carries single messages to a messenger. What goes wrong is an outcome, never an exception.</summary>
public interface IMessenger
{
    /// <summary>Sends a message.</summary>
    Task<SendOutcome> SendAsync(ChatPost post, CancellationToken cancel = default);

    /// <summary>Changes a message. One that is already so counts as delivered.</summary>
    /// <param name="post">What it becomes; a picture takes the place of the one it has.</param>
    /// <param name="sent">The message.</param>
    /// <param name="cancel">Ends the wait.</param>
    Task<SendOutcome> EditAsync(ChatPost post, SentCard sent, CancellationToken cancel = default);

    /// <summary>Lets a pressed button stop waiting, with a short line or without. Best effort: presses get old within seconds.</summary>
    Task AnswerPressAsync(string callbackId, string? toast, CancellationToken cancel = default);
}

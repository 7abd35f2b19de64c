using FuturesBot.Engine.Chat;
using FuturesBot.Engine.Chat.Delivery;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Dashboard.Running;

/// <summary>What happens around the chat, in the log.</summary>
internal sealed partial class ChatLog(ILogger log) : ISenderListener, IChatListener
{
    public void GivenUp(OutgoingMessage message, string why) => LogGivenUp(log, message.Id, why);

    public void Delayed(OutgoingMessage message, string why, TimeSpan wait) => LogDelayed(log, message.Id, wait.TotalSeconds, why);

    public void PictureFailed(OutgoingMessage message, Exception fault) => LogPicture(log, fault, message.Id);

    public void Failed(Exception fault) => LogFailed(log, fault);

    public void Stranger(long chatId, long userId) => LogStranger(log, chatId, userId);

    public void Unanswered(ChatUpdate update, Exception fault) => LogUnanswered(log, fault, update.UpdateId, update.ChatId);

    [LoggerMessage(3201, LogLevel.Error, "Message {Id} was given up: {Why}")]
    private static partial void LogGivenUp(ILogger log, string id, string why);

    [LoggerMessage(3202, LogLevel.Warning, "Message {Id} waits {Seconds:0.#} s more: {Why}")]
    private static partial void LogDelayed(ILogger log, string id, double seconds, string why);

    [LoggerMessage(3203, LogLevel.Error, "The picture of message {Id} could not be drawn; its text goes alone")]
    private static partial void LogPicture(ILogger log, Exception fault, string id);

    [LoggerMessage(3204, LogLevel.Error, "Sending failed; it goes on in a moment")]
    private static partial void LogFailed(ILogger log, Exception fault);

    [LoggerMessage(3205, LogLevel.Warning,
        "Somebody who is not allowed wrote to the bot: chat {Chat}, user {User}. To let them in, add the numbers to telegram.chats and telegram.users")]
    private static partial void LogStranger(ILogger log, long chat, long user);

    [LoggerMessage(3206, LogLevel.Error, "Update {Id} of chat {Chat} could not be answered")]
    private static partial void LogUnanswered(ILogger log, Exception fault, long id, long chat);
}

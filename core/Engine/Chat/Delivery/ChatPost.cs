namespace FuturesBot.Engine.Chat.Delivery;

/// <summary>One message as the messenger gets it: short enough, its picture drawn.</summary>
public sealed record ChatPost(long ChatId, string Html)
{
    public IReadOnlyList<IReadOnlyList<ChatButton>> Buttons { get; init; } = [];

    /// <summary>A PNG; null for text alone.</summary>
    public byte[]? Picture { get; init; }

    /// <summary>The message that it points to; null for none.</summary>
    public long? ReplyTo { get; init; }

    public bool Silent { get; init; }
}

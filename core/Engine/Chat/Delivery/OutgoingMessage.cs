using System.Text.Json.Serialization;

namespace FuturesBot.Engine.Chat.Delivery;

/// <summary>A message on its way to a chat. The same id is the same message: it is sent once.</summary>
public sealed record OutgoingMessage
{
    /// <summary>Made of what caused it and the chat, such as an effect's id.</summary>
    public required string Id { get; init; }

    public required long ChatId { get; init; }

    /// <summary>HTML with the tags b, i and code; with a picture it is the caption.</summary>
    public required string Html { get; init; }

    public MessageAct Act { get; init; } = MessageAct.New;

    public MessageRank Rank { get; init; } = MessageRank.Normal;

    /// <summary>The card that it becomes, edits or points to, such as a signal's id; null for none.</summary>
    public string? Card { get; init; }

    /// <summary>The messenger's own number of the message whose place it takes; null for none.</summary>
    public long? Replaces { get; init; }

    public IReadOnlyList<IReadOnlyList<ChatButton>> Buttons { get; init; } = [];

    /// <summary>Names a picture that is drawn when the message is sent; null for none.</summary>
    public string? PictureKey { get; init; }

    /// <summary>A PNG that is there already; null for none.</summary>
    [JsonIgnore] public byte[]? Picture { get; init; }

    /// <summary>No sound.</summary>
    public bool Silent { get; init; }

    /// <summary>Wall time, UTC, Unix milliseconds.</summary>
    public long CreatedAtMs { get; init; }

    /// <summary>W3C trace context of what caused it; null when nobody traces.</summary>
    public string? TraceParent { get; init; }
}

namespace FuturesBot.Simulator.Telegram;

/// <summary>A message as it stands in a chat.</summary>
public sealed record FakeMessage
{
    /// <summary>Number of the message in its chat.</summary>
    public required long Id { get; init; }

    public required long ChatId { get; init; }

    /// <summary>Wall time, UTC, Unix milliseconds.</summary>
    public required long AtMs { get; init; }

    /// <summary>The text or caption, as it was sent.</summary>
    public required string Text { get; init; }

    /// <summary>True when the text is HTML; false when it is shown as it stands.</summary>
    public bool IsHtml { get; init; }

    /// <summary>A PNG above the text; null for none.</summary>
    public byte[]? Picture { get; init; }

    public IReadOnlyList<IReadOnlyList<FakeButton>> Buttons { get; init; } = [];

    /// <summary>How often it was changed.</summary>
    public int Edits { get; init; }

    /// <summary>A person wrote it, not the bot.</summary>
    public bool IsFromUser { get; init; }

    /// <summary>The message that it points to; null for none.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>It came without a sound.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Pictures sent as one album have the same number; null for others.</summary>
    public string? Album { get; init; }
}

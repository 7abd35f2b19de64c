namespace FuturesBot.Engine.Chat;

/// <summary>
/// One message that goes out: HTML with the tags b, i and code alone, every inserted value escaped. Whoever sends it splits
/// what is too long.
/// </summary>
/// <param name="Html">What it says; with a picture it is the caption. Empty: only the press is answered, the message stays.</param>
public sealed record ChatReply(string Html)
{
    /// <summary>Rows of buttons below it; none when empty.</summary>
    public IReadOnlyList<IReadOnlyList<ChatButton>> Buttons { get; init; } = [];

    /// <summary>A PNG above the text; null for text alone.</summary>
    public byte[]? Picture { get; init; }

    /// <summary>The message that this one takes the place of; null for a new one.</summary>
    public long? Replaces { get; init; }

    /// <summary>The press that this answers, so that its button stops waiting; null when it answers none.</summary>
    public string? AnswersPress { get; init; }

    /// <summary>A short line that shows over the chat when a press is answered; at most 200 characters.</summary>
    public string? Toast { get; init; }
}

namespace FuturesBot.Dashboard;

/// <summary>A message of the chat as it stands there now.</summary>
/// <param name="Id">Its number in the chat.</param>
/// <param name="AtMs">When it was first sent: wall time, UTC, Unix milliseconds.</param>
/// <param name="Html">Its text with the tags b, i and code alone, everything else escaped; with a picture the caption.</param>
/// <param name="HasPicture"><see cref="IChatTranscript.Picture"/> has one.</param>
/// <param name="Edits">How often it was changed; pictures that are loaded by id and this number are never stale.</param>
/// <param name="FromUser">A person wrote it, not the bot.</param>
/// <param name="ReplyTo">The message that it points to; null for none.</param>
/// <param name="Silent">It came without a sound.</param>
/// <param name="Buttons">Rows of buttons below it.</param>
public sealed record ChatMessageView(
    long Id, long AtMs, string Html, bool HasPicture, int Edits, bool FromUser, long? ReplyTo, bool Silent,
    IReadOnlyList<IReadOnlyList<ChatButtonView>> Buttons);

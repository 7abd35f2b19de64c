namespace FuturesBot.Engine.Chat;

/// <summary>What a person wrote into a chat, or pressed in it. The transport has already checked its form, nobody yet who it is from.</summary>
/// <param name="UpdateId">The messenger's own number; grows, and comes again when a delivery is repeated.</param>
/// <param name="ChatId">Where it was said.</param>
/// <param name="UserId">Who said it; 0 when the messenger does not tell.</param>
/// <param name="Text">What was written; empty for a press.</param>
/// <param name="Press">The button that was pressed; null for a text.</param>
/// <param name="AtMs">When it was said: wall time, UTC, Unix milliseconds.</param>
public sealed record ChatUpdate(long UpdateId, long ChatId, long UserId, string Text, ChatPress? Press, long AtMs);

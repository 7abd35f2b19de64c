namespace FuturesBot.Engine.Chat;

/// <summary>A button under a message that was pressed.</summary>
/// <param name="CallbackId">What the messenger wants answered, so that the button stops waiting.</param>
/// <param name="MessageId">The message under which it stands.</param>
/// <param name="Data">What the button carries, at most 64 bytes.</param>
public sealed record ChatPress(string CallbackId, long MessageId, string Data);

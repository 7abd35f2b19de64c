namespace FuturesBot.Engine.Chat;

/// <summary>A button under a message.</summary>
/// <param name="Text">What it shows.</param>
/// <param name="Data">What comes back when it is pressed, at most 64 bytes of UTF-8.</param>
public sealed record ChatButton(string Text, string Data);

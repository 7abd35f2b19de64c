namespace FuturesBot.Simulator.Telegram;

/// <summary>A button under a message.</summary>
/// <param name="Text">What it shows.</param>
/// <param name="Data">What a press sends.</param>
public sealed record FakeButton(string Text, string Data);

namespace FuturesBot.Dashboard;

/// <summary>A button under a message.</summary>
/// <param name="Text">What it shows.</param>
/// <param name="Data">What <see cref="IChatTranscript.Press"/> is given.</param>
public sealed record ChatButtonView(string Text, string Data);

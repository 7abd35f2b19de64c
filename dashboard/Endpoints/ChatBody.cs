namespace FuturesBot.Dashboard;

/// <summary>Body of <c>POST /api/chat</c>: either a text, or a button that is pressed.</summary>
/// <param name="Text">What is written into the chat, 1 to 4,096 characters; null when a button is pressed.</param>
/// <param name="Message">The message whose button is pressed; null with a text.</param>
/// <param name="Data">What the button carries; null with a text.</param>
internal sealed record ChatBody(string? Text, long? Message, string? Data);

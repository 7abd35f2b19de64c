namespace FuturesBot.Dashboard;

/// <summary>The chat as it stands.</summary>
/// <param name="Version">Grows with every change; the stream's event <c>chat</c> carries the same number.</param>
/// <param name="Messages">The newest, the oldest of them first.</param>
/// <param name="Commands">Of the menu.</param>
public sealed record ChatView(long Version, IReadOnlyList<ChatMessageView> Messages, IReadOnlyList<ChatCommandView> Commands);

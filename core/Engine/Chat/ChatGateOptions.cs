namespace FuturesBot.Engine.Chat;

/// <summary>Who is heard.</summary>
/// <param name="Chats">Chats that are heard and told.</param>
/// <param name="Users">Who may speak in them; when empty, in a chat of one person that person alone.</param>
/// <param name="StaleAfter">What is older than this is dropped: it was said to a program that was not there.</param>
public sealed record ChatGateOptions(IReadOnlySet<long> Chats, IReadOnlySet<long> Users, TimeSpan StaleAfter);

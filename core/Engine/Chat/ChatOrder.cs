namespace FuturesBot.Engine.Chat;

/// <summary>Something that is done only after it was confirmed with a code.</summary>
/// <param name="Carry">Does it and says what was done.</param>
public sealed record ChatOrder(Func<CancellationToken, Task<ChatAnswer>> Carry);

namespace FuturesBot.Engine.Chat.Delivery;

/// <summary>How a message left the outbox.</summary>
/// <param name="Sent">The messenger has it; null when it does not, or when nobody can tell.</param>
/// <param name="Why">Why it was given up; empty when it was delivered.</param>
public sealed record MessageEnd(SentCard? Sent, string Why = "");

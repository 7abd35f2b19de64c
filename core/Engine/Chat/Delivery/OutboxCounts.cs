namespace FuturesBot.Engine.Chat.Delivery;

/// <summary>What the outbox holds.</summary>
/// <param name="Waiting">Messages not sent yet.</param>
/// <param name="OldestMs">When the oldest of them was made: wall time, UTC, Unix milliseconds; null when none waits.</param>
/// <param name="GivenUp">Kept ones that the messenger refused, or of which nobody knows whether they arrived.</param>
/// <param name="LeftOut">Messages that made room for others and are told as "left out".</param>
public sealed record OutboxCounts(int Waiting, long? OldestMs, int GivenUp, int LeftOut);

namespace FuturesBot.Engine.Chat.Delivery;

/// <summary>Messages, and small values that become durable with them: all or nothing.</summary>
public sealed record OutboxBatch
{
    /// <summary>In the order in which they are sent; those whose id is known are left as they are.</summary>
    public IReadOnlyList<OutgoingMessage> Messages { get; init; } = [];

    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// So many may wait in a chat. Beyond it the oldest of the lowest rank make room and are told as "left out"; signals and
    /// alarms only when ten times as many wait.
    /// </summary>
    public int WaitingMax { get; init; } = 500;
}

using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Telemetry;

namespace FuturesBot.Engine.Chat.Delivery;

/// <summary>Where messages are handed in: cut to size, kept, and the sender woken.</summary>
public sealed class PostOffice(IOutbox outbox, OutboxOptions options, Action wake)
{
    /// <summary>Takes messages, and values that become durable with them.</summary>
    public async Task PostAsync(
        IEnumerable<OutgoingMessage> messages, IReadOnlyDictionary<string, string>? values = null, CancellationToken cancel = default)
    {
        if (TraceContext.Current is { } trace) messages = messages.Select(message => message with { TraceParent = message.TraceParent ?? trace });
        var batch = new OutboxBatch
        {
            Messages = [.. messages.SelectMany(MessageParts.Of)],
            Values = values ?? new Dictionary<string, string>(StringComparer.Ordinal),
            WaitingMax = options.WaitingMax,
        };
        if (batch.Messages.Count == 0 && batch.Values.Count == 0) return;
        if (await outbox.AddAsync(batch, cancel) > 0) wake();
    }
}

using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Chat.Delivery;

/// <summary>What an <see cref="OutboxSender"/> is made of.</summary>
public sealed record SenderParts
{
    public required IOutbox Outbox { get; init; }

    public required IMessenger Messenger { get; init; }

    public required ISenderListener Listener { get; init; }

    /// <summary>Draws the picture that a message names: a PNG; null when there is none any more.</summary>
    public Func<string, long, byte[]?> Draw { get; init; } = static (_, _) => null;

    public OutboxOptions Options { get; init; } = new();

    public SendPaceOptions Pace { get; init; } = new();

    public DeliveryWords Words { get; init; } = DeliveryWords.Russian;

    public required TimeProvider Time { get; init; }

    /// <summary>Spreads repeats.</summary>
    public required Random Random { get; init; }
}

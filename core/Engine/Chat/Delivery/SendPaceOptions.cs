using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Engine.Chat.Delivery;

/// <summary>How fast messages go out. The defaults are what Telegram allows.</summary>
public sealed record SendPaceOptions
{
    /// <summary>Messages per second, to all chats together.</summary>
    [Range(1, 30)] public int PerSecond { get; init; } = 30;

    /// <summary>Milliseconds between two messages to one chat, on average.</summary>
    [Range(100, 60_000)] public int ChatGapMs { get; init; } = 1_000;

    /// <summary>Messages that one chat may get at once after a rest.</summary>
    [Range(1, 10)] public int ChatBurst { get; init; } = 3;

    /// <summary>Messages per minute to one group.</summary>
    [Range(1, 20)] public int GroupPerMinute { get; init; } = 20;
}

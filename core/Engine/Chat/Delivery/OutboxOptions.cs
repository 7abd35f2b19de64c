using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Engine.Chat.Delivery;

/// <summary>How long messages wait, and what happens when they cannot be sent.</summary>
public sealed record OutboxOptions
{
    /// <summary>
    /// Messages that may wait in one chat. Beyond it the oldest answers, then the oldest steps of signals, become one line
    /// that counts them; signals and alarms stay until ten times as many wait.
    /// </summary>
    [Range(10, 10_000)] public int WaitingMax { get; init; } = 500;

    /// <summary>Wait before a message is tried again, milliseconds; it doubles each time, with jitter.</summary>
    [Range(10, 60_000)] public int RetryFirstMs { get; init; } = 1_000;

    /// <summary>Longest wait before a message is tried again, milliseconds.</summary>
    [Range(100, 3_600_000)] public int RetryLongestMs { get; init; } = 60_000;

    /// <summary>A message whose arrival nobody could tell so many times is taken as arrived: each try may have been one more copy.</summary>
    [Range(1, 10)] public int DoubtsMax { get; init; } = 3;

    /// <summary>Days for which sent and refused messages are kept.</summary>
    [Range(1, 365)] public int KeepDays { get; init; } = 7;

    /// <summary>Days after its last change for which a card can still be edited.</summary>
    [Range(1, 365)] public int CardDays { get; init; } = 60;
}

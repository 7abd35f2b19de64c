using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Chat;

/// <summary>A command as it was asked for.</summary>
/// <param name="ChatId">Where.</param>
/// <param name="Arguments">The words behind the command.</param>
/// <param name="Settings">The chat's.</param>
/// <param name="Words">Its language and time zone.</param>
/// <param name="AtMs">Wall time, UTC, Unix milliseconds.</param>
public sealed record ChatCall(
    long ChatId, IReadOnlyList<string> Arguments, ChatSettings Settings, Wording Words, long AtMs);

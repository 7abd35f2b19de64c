using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Chat;

/// <summary>What a chat may choose for itself. Thresholds of trading are no part of it.</summary>
public sealed record ChatSettings
{
    public ChatLanguage Language { get; init; } = ChatLanguage.Russian;

    /// <summary>Nothing makes a sound, at any hour.</summary>
    public bool Silent { get; init; }

    /// <summary>First hour of quiet, 0–23 in Kyiv; null without. Alerts come then too, without a sound.</summary>
    public int? QuietFrom { get; init; }

    /// <summary>The hour with which sound comes back, 0–23; below <see cref="QuietFrom"/> it is the next morning's.</summary>
    public int? QuietTo { get; init; }

    /// <summary>Groups of alerts that do not come at all; <see cref="AlertGroup.Danger"/> always comes.</summary>
    public IReadOnlyList<AlertGroup> Muted { get; init; } = [];

    /// <summary>A message of such a group is wanted.</summary>
    public bool Wants(AlertGroup group) => group == AlertGroup.Danger || !Muted.Contains(group);

    /// <summary>Messages at this moment make no sound.</summary>
    /// <param name="atMs">Wall time, UTC, Unix milliseconds.</param>
    /// <param name="zone">Where the readers live.</param>
    public bool IsSilentAt(long atMs, TimeZoneInfo zone)
    {
        if (Silent) return true;
        if (QuietFrom is not { } from || QuietTo is not { } to || from == to) return false;
        var hour = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(atMs), zone).Hour;
        return from < to ? hour >= from && hour < to : hour >= from || hour < to;
    }
}

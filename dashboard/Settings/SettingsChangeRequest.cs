using System.Text.Json;

namespace FuturesBot.Dashboard;

/// <summary>Body of PUT /api/settings and POST /api/settings/validate.</summary>
public sealed record SettingsChangeRequest
{
    /// <summary>By path: a boolean, a number or a text; null takes the page's value back.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Changes { get; init; }
}

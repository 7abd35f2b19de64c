namespace FuturesBot.Dashboard;

/// <summary>Answer to POST /api/settings/validate.</summary>
/// <param name="Errors">By path; empty when everything is allowed.</param>
public sealed record SettingsCheckView(bool Valid, IReadOnlyDictionary<string, string[]> Errors);

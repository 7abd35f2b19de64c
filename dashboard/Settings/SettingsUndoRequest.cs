namespace FuturesBot.Dashboard;

/// <summary>Body of POST /api/settings/undo.</summary>
public sealed record SettingsUndoRequest
{
    /// <summary>The revision that is taken back.</summary>
    public required long Revision { get; init; }
}

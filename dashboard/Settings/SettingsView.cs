namespace FuturesBot.Dashboard;

/// <param name="Revision">Goes into If-Match of a change.</param>
/// <param name="Trials">Changes that touched a threshold so far: each is a trial that the statistics have to answer for.</param>
/// <param name="Profile">The profile of the next start.</param>
/// <param name="RestartPending">Some value of the next start differs from the running one.</param>
public sealed record SettingsView(
    long Revision, long Trials, string Profile, bool RestartPending, IReadOnlyList<SettingFaultView> Faults, IReadOnlyList<SettingView> Settings)
{
    /// <summary>Why nothing is changed here, and where it is; null where settings are changed here.</summary>
    public string? ReadOnlyReason { get; init; }
}

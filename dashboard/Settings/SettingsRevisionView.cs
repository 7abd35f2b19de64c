namespace FuturesBot.Dashboard;

/// <summary>One change that was made on the page.</summary>
/// <param name="AtMs">Wall time.</param>
/// <param name="Undoes">The revision that it takes back; null when it is no undo.</param>
/// <param name="Trial">It touched a threshold.</param>
public sealed record SettingsRevisionView(
    long Revision, long AtMs, string User, long? Undoes, bool Trial, IReadOnlyList<SettingChangeView> Changes);

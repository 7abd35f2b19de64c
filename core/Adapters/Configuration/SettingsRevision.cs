namespace FuturesBot.Adapters.Configuration;

/// <summary>One change of settings on the page.</summary>
/// <param name="Number">Counts up from 1.</param>
/// <param name="AtMs">Wall time, UTC, Unix milliseconds.</param>
/// <param name="Undoes">Number of the revision that this one takes back; null when it is no undo.</param>
/// <param name="IsTrial">It changed a threshold.</param>
public sealed record SettingsRevision(
    long Number, long AtMs, string User, long? Undoes, bool IsTrial, IReadOnlyList<SettingsChange> Changes);

namespace FuturesBot.Dashboard;

/// <summary>What became of a change. A closed set.</summary>
public abstract record SettingsResult
{
    private SettingsResult() { }

    public sealed record Done(SettingsRevisionView Revision) : SettingsResult;

    /// <summary>Nothing was written.</summary>
    public sealed record Refused(IReadOnlyList<SettingFaultView> Faults) : SettingsResult;

    /// <summary>Somebody else was faster.</summary>
    /// <param name="Revision">The one that holds.</param>
    public sealed record Outdated(long Revision) : SettingsResult;

    /// <param name="Known">False when there is no such revision.</param>
    public sealed record NotUndone(bool Known, string Why) : SettingsResult;
}

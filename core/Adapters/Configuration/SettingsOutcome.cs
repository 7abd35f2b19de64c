namespace FuturesBot.Adapters.Configuration;

/// <summary>What became of a change. A closed set.</summary>
public abstract record SettingsOutcome
{
    private SettingsOutcome() { }

    /// <summary>Written; the next start takes it.</summary>
    public sealed record Done(SettingsRevision Revision) : SettingsOutcome;

    /// <summary>Nothing was written.</summary>
    public sealed record Refused(IReadOnlyList<ConfigurationFault> Faults) : SettingsOutcome;

    /// <summary>Somebody else changed something meanwhile; nothing was written.</summary>
    public sealed record Outdated(long Revision) : SettingsOutcome;

    /// <summary>It cannot be taken back; nothing was written.</summary>
    public sealed record NotUndone(bool Known, string Why) : SettingsOutcome;
}

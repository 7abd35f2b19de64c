namespace FuturesBot.Dashboard;

/// <summary>Settings that the page reads and changes. Called from any thread.</summary>
public interface ISettingsSource
{
    SettingsView Read();

    /// <summary>Why nothing is changed here, and where it is; null where settings are changed here.</summary>
    string? ReadOnlyReason => null;

    /// <summary>What is wrong with a set of changes; nothing is written.</summary>
    /// <param name="changes">Values as the configuration file writes them; null takes the page's value back.</param>
    IReadOnlyList<SettingFaultView> Validate(IReadOnlyDictionary<string, string?> changes);

    /// <summary>All of the changes, or none.</summary>
    /// <param name="revision">The one that was read before.</param>
    SettingsResult Apply(IReadOnlyDictionary<string, string?> changes, long revision, string user);

    /// <summary>Newest first.</summary>
    IReadOnlyList<SettingsRevisionView> History(int limit);

    /// <summary>Takes one revision back.</summary>
    /// <param name="undo">The revision that is taken back.</param>
    /// <param name="revision">The one that was read before.</param>
    SettingsResult Undo(long undo, long revision, string user);

    /// <summary>Names, never values.</summary>
    IReadOnlyList<SecretView> Secrets();
}

using System.Collections;

namespace FuturesBot.Adapters.Configuration;

/// <summary>
/// The configuration as it holds: the defaults of the profile, over them the file, over that the
/// environment. Everything that is wrong is reported at once.
/// </summary>
public static class BotConfiguration
{
    /// <param name="path">The YAML file; null for the defaults alone.</param>
    /// <param name="environment">Variables; those that begin with <c>FUTURESBOT__</c> are settings.</param>
    /// <exception cref="ConfigurationException">Unknown settings, values not allowed, settings that contradict each other.</exception>
    public static BotOptions Load(string? path, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var faults = new List<ConfigurationFault>();
        List<SettingEntry> entries = [.. FromFile(path, faults), .. EnvironmentSettings.Read(environment)];
        var options = Bind(entries, faults);
        return faults.Count == 0 ? options : throw new ConfigurationException(faults);
    }

    /// <summary>The options that the entries make; whole only when no fault was added.</summary>
    internal static BotOptions Bind(List<SettingEntry> entries, List<ConfigurationFault> faults)
    {
        var options = OptionsBinder.Bind(BotOptions.ForProfile(ProfileIn(entries)), entries, faults);
        if (faults.Count == 0) faults.AddRange(Contradictions.In(options));
        return options;
    }

    /// <summary>The variables of this process, for <see cref="Load"/>.</summary>
    public static IReadOnlyDictionary<string, string> ProcessEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");

    /// <summary>What <c>config/bot.yaml</c> has to hold: every setting with its meaning, default and range.</summary>
    public static string FileText() => new SettingsFile(Tree("default"), Tree("seed"), new()).Write();

    /// <summary>What <c>config/bot.schema.json</c> has to hold.</summary>
    public static string SchemaText() => new SettingsSchema(Tree("default"), new()).Write();

    private static Setting Tree(string profile) => Setting.Root(BotOptions.ForProfile(profile));

    internal static List<SettingEntry> FromFile(string? path, List<ConfigurationFault> faults)
    {
        if (path is null) return [];
        if (File.Exists(path)) return YamlSettings.Read(File.ReadAllText(path), Path.GetFileName(path), faults);
        faults.Add(new("(file)", path, "does not exist"));
        return [];
    }

    // An unknown profile is reported when it is bound; until then the default's values stand below it.
    private static string ProfileIn(List<SettingEntry> entries) =>
        entries.LastOrDefault(entry => entry.Path is "profile").Text is "seed" ? "seed" : "default";
}

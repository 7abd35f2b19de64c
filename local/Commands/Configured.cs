using System.CommandLine;
using FuturesBot.Adapters.Configuration;

namespace FuturesBot.Local.Commands;

/// <summary>The configuration that a command stands on: the named file, else <c>config/bot.yaml</c> where it is.</summary>
internal static class Configured
{
    private const string ProfileVariable = "FUTURESBOT__PROFILE";

    public static Option<FileInfo?> Option() =>
        new("--config") { Description = "configuration (config/bot.yaml where it is there)" };

    /// <summary>The file that holds when none is named; null where it is not there.</summary>
    public static string? UsualFile => Path.Combine("config", "bot.yaml") is var usual && File.Exists(usual) ? usual : null;

    /// <summary>The configuration of a run: what was set on its page stands over the file.</summary>
    /// <param name="named">What <c>--config</c> said; null when it was not there.</param>
    /// <param name="state">Folder of the run's state, which need not be there yet.</param>
    /// <exception cref="ConfigurationException">The page's settings cannot be read.</exception>
    public static SettingsStore Settings(FileInfo? named, string state, TimeProvider time) =>
        new(Path.Combine(state, "settings.json"), named?.FullName ?? UsualFile, BotConfiguration.ProcessEnvironment(), time);

    /// <param name="named">What <c>--config</c> said; null when it was not there.</param>
    /// <param name="profile">What <c>--profile</c> said, which wins; null when it was not there.</param>
    /// <exception cref="ConfigurationException">All that is wrong with it, each with path and allowed range.</exception>
    public static BotOptions Load(FileInfo? named, string? profile = null)
    {
        var environment = new Dictionary<string, string>(BotConfiguration.ProcessEnvironment(), StringComparer.Ordinal);
        if (profile is not null) environment[ProfileVariable] = profile;
        return BotConfiguration.Load(named?.FullName ?? UsualFile, environment);
    }
}

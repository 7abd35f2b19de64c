namespace FuturesBot.Adapters.Configuration;

/// <summary>Settings in environment variables: <c>FUTURESBOT__RISK__RISK_PER_TRADE=0.005</c>.</summary>
internal static class EnvironmentSettings
{
    public const string Prefix = "FUTURESBOT__";

    /// <summary>In the order of their names, so that messages are too.</summary>
    public static IEnumerable<SettingEntry> Read(IEnumerable<KeyValuePair<string, string>> environment) =>
        environment
            .Where(variable => variable.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => new SettingEntry(PathOf(variable.Key), variable.Value, $"environment variable {variable.Key}"));

    private static string PathOf(string variable) =>
        variable[Prefix.Length..].ToLowerInvariant().Replace("__", ".");
}

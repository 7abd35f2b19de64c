using System.Text;

namespace FuturesBot.Adapters.Configuration;

/// <summary>
/// Writes <c>config/bot.yaml</c>: every setting with its meaning, default and range. Thresholds that a
/// profile decides stand as comments, so that choosing another profile changes them; uncommented they win.
/// </summary>
internal sealed class SettingsFile(Setting root, Setting seed, SettingDocs docs)
{
    private const int Width = 110;

    private readonly Dictionary<string, Setting> _seed = seed.Leaves().ToDictionary(leaf => leaf.Path);
    private readonly StringBuilder _text = new();

    public string Write()
    {
        _text.Append(
            """
            # yaml-language-server: $schema=bot.schema.json
            #
            # Every setting, its meaning, default and range. A line that begins with "#name:" is a threshold that the
            # profile decides; remove the "#" to fix it at a value of your own. Any setting can also be given as an
            # environment variable, which wins: risk.risk_per_trade is FUTURESBOT__RISK__RISK_PER_TRADE.
            # This file is generated from the options types; a test keeps it equal to them.


            """);
        foreach (var child in root.Children) Write(child, depth: 0);
        return _text.ToString();
    }

    private void Write(Setting setting, int depth)
    {
        var indent = new string(' ', depth * 2);
        if (setting.IsSection)
        {
            if (depth < 2) _text.Append('\n');
            Comment(docs.Of(setting), indent);
            _text.Append(indent).Append(setting.Name).Append(":\n");
            foreach (var child in setting.Children) Write(child, depth + 1);
            return;
        }

        Comment($"{docs.Of(setting)} {Facts(setting)}".Trim(), indent);
        var written = SettingValues.Text(setting.Value!);
        if (setting.Type == typeof(string) && setting.Choices is null) written = $"\"{written}\"";
        _text.Append(indent).Append(FromProfile(setting) ? "#" : "").Append(setting.Name).Append(": ").Append(written).Append('\n');
    }

    private string Facts(Setting setting)
    {
        var allowed = SettingValues.Allowed(setting);
        var facts = setting.Choices is null && setting.Range is null ? "" : char.ToUpperInvariant(allowed[0]) + allowed[1..] + ".";
        var (own, other) = (SettingValues.Text(setting.Value!), SettingValues.Text(_seed[setting.Path].Value!));
        return own == other || setting.Path is "profile" ? facts : $"{facts} Profile seed: {other}.".TrimStart();
    }

    /// <summary>True for what differs, or may differ, from profile to profile: all of the kernel but its switches.</summary>
    private static bool FromProfile(Setting setting) =>
        setting.Chain[0].Name == nameof(BotOptions.Kernel) && setting.Name is not ("profile" or "enabled");

    private void Comment(string text, string indent)
    {
        if (text.Length == 0) return;
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && indent.Length + 3 + line.Length + word.Length > Width)
            {
                _text.Append(indent).Append("# ").Append(line).Append('\n');
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        _text.Append(indent).Append("# ").Append(line).Append('\n');
    }
}

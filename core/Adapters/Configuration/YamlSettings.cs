using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FuturesBot.Adapters.Configuration;

/// <summary>Reads a YAML file of nested sections into entries.</summary>
internal static class YamlSettings
{
    /// <param name="yaml">Content of the file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="faults">Takes what cannot be read.</param>
    public static List<SettingEntry> Read(string yaml, string name, List<ConfigurationFault> faults)
    {
        var entries = new List<SettingEntry>();
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            faults.Add(new("(file)", $"{name}:{e.Start.Line}", $"is no readable YAML: {e.Message}"));
            return entries;
        }

        if (stream.Documents.Count == 0) return entries;
        if (stream.Documents.Count > 1) faults.Add(new("(file)", name, $"holds {stream.Documents.Count} documents, one is allowed"));
        Walk(stream.Documents[0].RootNode, "", name, entries, faults);
        return entries;
    }

    private static void Walk(
        YamlNode node, string path, string name, List<SettingEntry> entries, List<ConfigurationFault> faults)
    {
        var source = $"{name}:{node.Start.Line}";
        switch (node)
        {
            case YamlMappingNode section:
                foreach (var (key, value) in section.Children)
                {
                    var below = (key as YamlScalarNode)?.Value ?? "?";
                    Walk(value, path.Length > 0 ? $"{path}.{below}" : below, name, entries, faults);
                }

                break;
            case YamlScalarNode { Value: "" or "~" or "null", Style: ScalarStyle.Plain } when path.Length > 0:
                // A section whose settings are all commented out.
                entries.Add(new(path, "", source));
                break;
            case YamlScalarNode scalar:
                entries.Add(new(path, scalar.Value ?? "", source));
                break;
            default:
                faults.Add(new(path, source, "is a list; a value or a section is needed"));
                break;
        }
    }
}

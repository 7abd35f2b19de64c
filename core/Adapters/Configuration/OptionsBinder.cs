using System.Reflection;

namespace FuturesBot.Adapters.Configuration;

/// <summary>
/// Lays entries over an options record: every property of the record and of the records in it is a
/// setting. New options need nothing here.
/// </summary>
internal static class OptionsBinder
{
    /// <param name="defaults">The options whose values hold where no entry says otherwise.</param>
    /// <param name="entries">Later ones win.</param>
    /// <param name="faults">Takes everything that is wrong; the result is whole only when nothing was added.</param>
    public static T Bind<T>(T defaults, IEnumerable<SettingEntry> entries, List<ConfigurationFault> faults)
        where T : class
    {
        var settings = new Dictionary<string, Setting>();
        var sections = new HashSet<string>();
        Index(Setting.Root(defaults), settings, sections);

        object bound = defaults;
        foreach (var entry in entries)
        {
            if (settings.TryGetValue(entry.Path, out var setting))
            {
                if (SettingValues.TryRead(setting, entry.Text, out var value)) bound = With(bound, setting.Chain, at: 0, value);
                else faults.Add(new(entry.Path, entry.Source, $"value '{entry.Text}' is not allowed; allowed is {SettingValues.Allowed(setting)}"));
            }
            else if (sections.Contains(entry.Path))
            {
                if (entry.Text.Length > 0) faults.Add(new(entry.Path, entry.Source, $"value '{entry.Text}' is not allowed; it is a section"));
            }
            else
            {
                faults.Add(new(entry.Path, entry.Source, Unknown(entry.Path, settings.Keys, sections)));
            }
        }

        return (T)bound;
    }

    private static string Unknown(string path, IEnumerable<string> settings, HashSet<string> sections)
    {
        var nearest = SettingNames.Nearest(path, settings.Concat(sections));
        return nearest is null ? "no such setting" : $"no such setting; did you mean {nearest}?";
    }

    private static void Index(Setting setting, Dictionary<string, Setting> settings, HashSet<string> sections)
    {
        if (!setting.IsSection) settings.Add(setting.Path, setting);
        else if (setting.Path.Length > 0) sections.Add(setting.Path);
        foreach (var child in setting.Children) Index(child, settings, sections);
    }

    // A copy of the record with one value deep inside it changed: what nested `with` expressions do.
    private static object With(object options, IReadOnlyList<PropertyInfo> chain, int at, object value)
    {
        var property = chain[at];
        var inner = at == chain.Count - 1 ? value : With(property.GetValue(options)!, chain, at + 1, value);
        var copy = options.GetType().GetMethod("<Clone>$")?.Invoke(options, null)
            ?? throw new InvalidOperationException($"{options.GetType().Name} is no record class");
        property.SetValue(copy, inner);
        return copy;
    }
}

using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace FuturesBot.Adapters.Configuration;

/// <summary>
/// One setting or one section of settings, as the options types describe it: the path in the file, the
/// properties that lead to it, its default, range and meaning.
/// </summary>
/// <param name="Path">Names from the root, such as <c>strategies.order_flow.enabled</c>.</param>
/// <param name="Chain">Properties from the root object to the value.</param>
/// <param name="Value">The default; a section has none.</param>
/// <param name="Children">A section's content; empty for a setting.</param>
internal sealed record Setting(
    string Path, IReadOnlyList<PropertyInfo> Chain, object? Value, IReadOnlyList<Setting> Children)
{
    // A property of this name holds its settings one level up: the file says risk, not kernel.risk.
    private static readonly string[] Transparent = ["Kernel", "Options"];

    public string Name => Path[(Path.LastIndexOf('.') + 1)..];

    public bool IsSection => Children.Count > 0;

    public PropertyInfo Property => Chain[^1];

    public Type Type => Property.PropertyType;

    public RangeAttribute? Range => Property.GetCustomAttribute<RangeAttribute>();

    /// <summary>The only values allowed; null when it is not a choice.</summary>
    public IReadOnlyList<string>? Choices => SettingValues.ChoicesOf(Property);

    /// <summary>The tree of all settings below an options object, whose values are the defaults.</summary>
    public static Setting Root(object defaults) => new("", [], null, ChildrenOf(defaults, "", []));

    /// <summary>The settings themselves, sections left out, in the order of the options types.</summary>
    public IEnumerable<Setting> Leaves() => IsSection ? Children.SelectMany(child => child.Leaves()) : [this];

    private static List<Setting> ChildrenOf(object options, string path, IReadOnlyList<PropertyInfo> chain)
    {
        var children = new List<Setting>();
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!property.CanWrite || property.GetIndexParameters().Length > 0) continue;
            var value = property.GetValue(options)
                ?? throw new InvalidOperationException($"{options.GetType().Name}.{property.Name} has no default");
            PropertyInfo[] longer = [.. chain, property];
            if (Transparent.Contains(property.Name) && !SettingValues.IsValue(property.PropertyType))
            {
                children.AddRange(ChildrenOf(value, path, longer));
                continue;
            }

            var childPath = path + (path.Length > 0 ? "." : "") + SettingNames.Snake(property.Name);
            children.Add(SettingValues.IsValue(property.PropertyType)
                ? new(childPath, longer, value, [])
                : new(childPath, longer, null, ChildrenOf(value, childPath, longer)));
        }

        return children;
    }
}

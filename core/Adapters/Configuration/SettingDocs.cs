using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FuturesBot.Adapters.Configuration;

/// <summary>What the settings mean: the summaries that the compiler writes beside each assembly.</summary>
internal sealed partial class SettingDocs
{
    private readonly Dictionary<Assembly, Dictionary<string, XElement>> _members = [];

    /// <summary>The meaning of a setting or a section in one line; empty when nobody wrote one.</summary>
    public string Of(Setting setting)
    {
        var property = Summary(OwnerOf(setting.Property), 'P', "." + setting.Property.Name);
        if (property.Length > 0) return property;
        var parameter = ParameterOf(setting.Property);
        return parameter.Length > 0 || !setting.IsSection ? parameter : Summary(setting.Type, 'T', "");
    }

    /// <summary>The meaning of one choice of an enumeration.</summary>
    public string OfChoice(Type enumeration, string member) => Summary(enumeration, 'F', "." + member);

    // Of a generic type the documentation knows the definition only.
    private static Type OwnerOf(PropertyInfo property) =>
        property.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericTypeDefinition() : property.DeclaringType!;

    private string ParameterOf(PropertyInfo property)
    {
        var owner = OwnerOf(property);
        return MembersOf(owner.Assembly).TryGetValue($"T:{owner.FullName}", out var member)
            ? Plain(member.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == property.Name))
            : "";
    }

    private string Summary(Type type, char kind, string member) =>
        MembersOf(type.Assembly).TryGetValue($"{kind}:{type.FullName?.Replace('+', '.')}{member}", out var found)
            ? Plain(found.Element("summary"))
            : "";

    private Dictionary<string, XElement> MembersOf(Assembly assembly)
    {
        if (_members.TryGetValue(assembly, out var members)) return members;
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        members = File.Exists(file)
            ? XDocument.Load(file).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value)
            : [];
        return _members[assembly] = members;
    }

    private static string Plain(XElement? text)
    {
        if (text is null) return "";
        var words = string.Concat(text.Nodes().Select(node => node switch
        {
            XText plain => plain.Value,
            XElement { Name.LocalName: "see" } see => (see.Attribute("cref") ?? see.Attribute("langword"))?.Value.Split('.')[^1],
            XElement { Name.LocalName: "paramref" } named => named.Attribute("name")?.Value,
            XElement other => other.Value,
            _ => "",
        }));
        return Spaces().Replace(words, " ").Trim();
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}

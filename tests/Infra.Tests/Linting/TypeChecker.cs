using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FuturesBot.Infra.Tests.Bicep;

namespace FuturesBot.Infra.Tests.Linting;

/// <summary>
/// Holds literals of a template against a type: property names and their case, required and read-only ones, enums, kinds, patterns and
/// lengths. It looks through variables, conditions, loops, <c>concat</c> and <c>union</c>; any other expression it takes as it is.
/// </summary>
public sealed class TypeChecker(TypeTable table, IReadOnlyDictionary<string, Node> variables, Action<int, string, string> report)
{
    // Properties that Bicep itself adds to a resource.
    private static readonly string[] OfBicep = ["parent", "scope", "dependsOn"];

    /// <param name="body">Index of the resource's type.</param>
    /// <param name="value">Its body.</param>
    /// <param name="path">How the place is called in a message.</param>
    public void CheckResource(int body, Node.Object value, string path)
    {
        var type = table.Type(body);
        if (Kind(type) is "discriminated") type = Variant(type, value) ?? type;
        CheckObject(type, value, path, isResource: true, complete: true);
    }

    private static string Kind(JsonNode type) => (string)type["k"]!;

    private void Check(int index, Node value, string path, bool complete = true)
    {
        switch (value)
        {
            case Node.Name name when variables.TryGetValue(name.Value, out var behind):
                Check(index, behind, path, complete);
                return;
            case Node.Choice choice:
                Check(index, choice.Then, path, complete);
                Check(index, choice.Else, path, complete);
                return;
            case Node.Condition condition:
                Check(index, condition.Body, path, complete);
                return;
            case Node.Call { Of: null, Function: "concat" or "union" } call:
                // A part of a whole may lack what another part brings.
                foreach (var argument in call.Arguments) Check(index, argument, path, complete: argument is not Node.Object && complete);
                return;
            case Node.Null:
                return;
            default:
                CheckLiteral(table.Type(index), value, path, complete);
                return;
        }
    }

    private void CheckLiteral(JsonNode type, Node value, string path, bool complete)
    {
        switch (Kind(type), value)
        {
            case ("any" or "union", _):
                return;
            case ("object", Node.Object literal):
                CheckObject(type, literal, path, isResource: false, complete);
                return;
            case ("discriminated", Node.Object literal):
                CheckObject(Variant(type, literal) ?? type, literal, path, isResource: false, complete, open: Variant(type, literal) is null);
                return;
            case ("array", Node.List list):
                foreach (var (item, at) in list.Items.Select((item, at) => (item, at))) Check((int)type["item"]!, item, $"{path}[{at}]");
                return;
            case ("array", Node.Loop loop):
                Check((int)type["item"]!, loop.Body, $"{path}[]");
                return;
            case ("enum", Node.Text { Plain: { } text }):
                CheckEnum(type, text, value.Line, path);
                return;
            case ("string", Node.Text { Plain: { } text }):
                CheckText(type, text, value.Line, path);
                return;
            case ("string" or "enum", Node.Text):
            case ("int", Node.Number):
            case ("bool", Node.Flag):
                return;
            case (var kind, Node.Object or Node.List or Node.Loop or Node.Text or Node.Number or Node.Flag):
                report(value.Line, "kind", $"{path} needs {Needed(kind)}, found {Found(value)}");
                return;
        }
    }

    private static string Needed(string kind) => kind switch
    {
        "array" => "an array",
        "object" or "discriminated" => "an object",
        "int" => "a number",
        "bool" => "true or false",
        _ => "a text",
    };

    private static string Found(Node value) => value switch
    {
        Node.Object => "an object",
        Node.List or Node.Loop => "an array",
        Node.Number => "a number",
        Node.Flag => "true or false",
        _ => "a text",
    };

    private void CheckEnum(JsonNode type, string text, int line, string path)
    {
        var values = type["values"]!.AsArray().Select(entry => (string)entry!).ToArray();
        if (values.Contains(text)) return;
        var open = (bool?)type["open"] ?? false;
        report(line, open ? "unusual-value" : "enum", $"{path} was '{text}'; {(open ? "known" : "allowed")} are {string.Join(", ", values)}");
    }

    private void CheckText(JsonNode type, string text, int line, string path)
    {
        if ((int?)type["minLength"] is { } least && text.Length < least) report(line, "length", $"{path} was '{text}', shorter than {least}");
        if ((int?)type["maxLength"] is { } most && text.Length > most) report(line, "length", $"{path} was '{text}', longer than {most}");
        if ((string?)type["pattern"] is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
            report(line, "pattern", $"{path} was '{text}', which does not fit {pattern}");
    }

    private JsonNode? Variant(JsonNode type, Node.Object value) =>
        value[(string)type["on"]!] is Node.Text { Plain: { } text } && type["variants"]![text] is { } index ? table.Type((int)index) : null;

    private void CheckObject(JsonNode type, Node.Object value, string path, bool isResource, bool complete, bool open = false)
    {
        var properties = type["props"]!.AsObject();
        var additional = (int?)type["additional"];
        foreach (var property in value.Properties)
        {
            var place = $"{path}.{property.Key ?? "…"}";
            if (property.Key is { } key && properties[key] is { } known)
            {
                var flags = (string)known[0]!;
                if (flags.Contains('o')) report(property.Line, "read-only", $"{place} is set by the platform and cannot be given");
                else Check((int)known[1]!, property.Value, place);
            }
            else if (additional is { } index)
            {
                Check(index, property.Value, place);
            }
            else if (property.Key is { } name && !(isResource && OfBicep.Contains(name)) && !open)
            {
                var alike = properties.FirstOrDefault(entry => entry.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Key;
                report(property.Line, "property", alike is null
                    ? $"{place} is not known; {path} has {string.Join(", ", properties.Where(entry => !((string)entry.Value![0]!).Contains('o')).Select(entry => entry.Key))}"
                    : $"{place} is written {alike}");
            }
        }

        foreach (var twice in value.Properties.Where(property => property.Key is not null).GroupBy(property => property.Key).Where(group => group.Count() > 1))
            report(twice.Last().Line, "twice", $"{path}.{twice.Key} is given twice");
        if (!complete) return;
        foreach (var (key, known) in properties)
        {
            if (((string)known![0]!).Contains('R') && value.Properties.All(property => property.Key != key))
                report(value.Line, "required", $"{path}.{key} is missing");
        }
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FuturesBot.Infra.Tests.Linting;

/// <summary>Cuts the table of all types down to what the templates use, so that the project carries it.</summary>
public static class CompactTypes
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="full">The shared table.</param>
    /// <param name="roles">The shared roles.</param>
    /// <param name="own">Types that the shared table lacks, in the same structure.</param>
    /// <param name="used">What the templates use.</param>
    /// <returns>The compact table as text, a type a line, so that a change reads as one.</returns>
    public static string Of(JsonNode full, JsonNode roles, JsonNode own, IEnumerable<(string Type, string Version)> used)
    {
        var types = new List<JsonNode>();
        var resources = new SortedDictionary<string, SortedDictionary<string, JsonNode>>(StringComparer.Ordinal);
        var places = new Dictionary<(JsonNode Table, int Index), int>();
        foreach (var (type, version) in used.Order())
        {
            var table = full["resources"]![type]?[version] is not null ? full : own;
            var found = table["resources"]![type]?[version] ?? throw new InvalidOperationException($"{type}@{version} is in no table");
            if (!resources.TryGetValue(type, out var versions)) resources[type] = versions = new(StringComparer.Ordinal);
            versions[version] = new JsonObject { ["body"] = Copy(table, (int)found["body"]!), ["scopes"] = (int)found["scopes"]! };
        }

        var lines = new List<string>
        {
            "{",
            $"\"source\": {JsonSerializer.Serialize($"{(string)full["source"]!}; {(string)own["source"]!}", Plain)},",
            "\"licence\": \"MIT\",",
            "\"resources\": {",
            string.Join(",\n", resources.Select(entry => $"{Text(entry.Key)}: {{ {string.Join(", ", entry.Value.Select(version => $"{Text(version.Key)}: {version.Value.ToJsonString(Plain)}"))} }}")),
            "},",
            "\"types\": [",
            string.Join(",\n", types.Select(type => type.ToJsonString(Plain))),
            "],",
            $"\"roles\": {roles["roles"]!.ToJsonString(Plain)},",
            $"\"knownFalse\": {roles["knownFalse"]!.ToJsonString(Plain)}",
            "}",
        };
        return string.Join('\n', lines) + "\n";

        int Copy(JsonNode table, int index)
        {
            if (places.TryGetValue((table, index), out var known)) return known;
            var place = places[(table, index)] = types.Count;
            types.Add(new JsonObject());   // its place, before its own parts refer to it
            var copy = table["types"]![index]!.DeepClone().AsObject();
            foreach (var key in (string[])["item", "additional"])
                if (copy[key] is { } part) copy[key] = Copy(table, (int)part);
            if (copy["of"] is JsonArray of) copy["of"] = new JsonArray([.. of.Select(part => (JsonNode)Copy(table, (int)part!))]);
            if (copy["props"] is JsonObject properties)
                foreach (var property in properties.Select(entry => entry.Value!.AsArray()).Where(property => property.Count > 1)) property[1] = Copy(table, (int)property[1]!);
            if (copy["variants"] is JsonObject variants)
                foreach (var key in variants.Select(entry => entry.Key).ToArray()) variants[key] = Copy(table, (int)variants[key]!);
            types[place] = copy;
            return place;
        }

        static string Text(string value) => JsonSerializer.Serialize(value, Plain);
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FuturesBot.Adapters.Configuration;

/// <summary>Writes <c>config/bot.schema.json</c>, with which editors complete and check the file.</summary>
internal sealed class SettingsSchema(Setting root, SettingDocs docs)
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Write()
    {
        var schema = Section(root);
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        schema.Insert(1, "title", "FuturesBot configuration");
        return schema.ToJsonString(Readable) + "\n";
    }

    private JsonObject Section(Setting section)
    {
        var properties = new JsonObject();
        foreach (var child in section.Children)
        {
            var node = child.IsSection ? Section(child) : Value(child);
            if (docs.Of(child) is { Length: > 0 } meaning) node["description"] = meaning;
            properties[child.Name] = node;
        }

        // A section may be empty: all its settings commented out.
        return new JsonObject
        {
            ["type"] = section.Path.Length > 0 ? new JsonArray("object", "null") : "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
    }

    private static JsonObject Value(Setting setting)
    {
        var node = new JsonObject();
        if (setting.Choices is { } choices)
        {
            node["enum"] = new JsonArray([.. choices.Select(choice => (JsonNode)choice)]);
            node["default"] = SettingValues.Text(setting.Value!);
            return node;
        }

        node["type"] = setting.Type == typeof(bool) ? "boolean"
            : SettingValues.IsWhole(setting.Type) ? "integer"
            : SettingValues.IsNumber(setting.Type) ? "number" : "string";
        if (setting.Range is { } range)
        {
            node["minimum"] = JsonNode.Parse(SettingValues.Bound(range.Minimum));
            node["maximum"] = JsonNode.Parse(SettingValues.Bound(range.Maximum));
        }

        var text = SettingValues.Text(setting.Value!);
        node["default"] = setting.Type == typeof(string) ? text : JsonNode.Parse(text);
        return node;
    }
}

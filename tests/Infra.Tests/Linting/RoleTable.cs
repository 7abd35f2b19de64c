using System.Text.Json.Nodes;

namespace FuturesBot.Infra.Tests.Linting;

/// <summary>Built-in roles by id, and ids that circulate and are false.</summary>
public sealed class RoleTable(JsonNode root)
{
    private readonly Dictionary<string, string> _names = root["roles"]!.AsObject().ToDictionary(entry => (string)entry.Value!, entry => entry.Key, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _false = root["knownFalse"]!.AsObject().ToDictionary(entry => entry.Key, entry => (string)entry.Value!, StringComparer.OrdinalIgnoreCase);

    public string? NameOf(string id) => _names.GetValueOrDefault(id);

    public string? WhyFalse(string id) => _false.GetValueOrDefault(id);
}

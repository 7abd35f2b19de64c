using System.Text.Json;
using System.Text.Json.Nodes;

namespace FuturesBot.Infra.Tests.Linting;

/// <summary>
/// The platform's resource types, in the structure of <c>bicep-types.json</c>: <c>resources[Type][version] = {body, scopes}</c> and
/// <c>types[i]</c> of kind <c>string, int, bool, any, enum, array, union, object, discriminated</c>; <c>props[name] = [flags, index]</c>
/// with the flags R required, o read-only, w write-only, c constant at deployment, i identifier. A read-only property has no index.
/// </summary>
public sealed class TypeTable(JsonNode root)
{
    public JsonNode Root { get; } = root;

    public static TypeTable Read(string path) =>
        new(JsonNode.Parse(File.ReadAllText(path)) ?? throw new JsonException($"{path} was empty"));

    public JsonNode Type(int index) => Root["types"]![index]!;

    /// <summary>Body and scopes (1 tenant, 2 management group, 4 subscription, 8 resource group, 16 extension), or why there is none.</summary>
    public (int Body, int Scopes)? Find(string type, string version, out string why)
    {
        why = "";
        var resources = Root["resources"]!.AsObject();
        if (resources[type] is not { } versions)
        {
            var alike = resources.FirstOrDefault(entry => entry.Key.Equals(type, StringComparison.OrdinalIgnoreCase)).Key;
            why = alike is null ? $"the type {type} is not known" : $"the type {type} is written {alike}";
            return null;
        }

        if (versions[version] is not { } found)
        {
            why = $"the version {version} of {type} is not known; known are {string.Join(", ", versions.AsObject().Select(entry => entry.Key))}";
            return null;
        }

        return ((int)found["body"]!, (int)found["scopes"]!);
    }
}

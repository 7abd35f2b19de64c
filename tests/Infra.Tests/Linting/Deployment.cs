using System.Text.Json;
using System.Text.RegularExpressions;
using FuturesBot.Infra.Tests.Bicep;

namespace FuturesBot.Infra.Tests.Linting;

/// <summary>Whether files of parameters, azure.yaml and host.json agree with the templates.</summary>
public static partial class Deployment
{
    // What azd sets by itself.
    private static readonly string[] OfAzd =
        ["AZURE_ENV_NAME", "AZURE_LOCATION", "AZURE_SUBSCRIPTION_ID", "AZURE_PRINCIPAL_ID", "AZURE_PRINCIPAL_TYPE", "SERVICE_SIDECAR_IMAGE_NAME"];

    /// <summary>Outputs that azd itself reads to find its targets.</summary>
    public static readonly string[] ReadByAzd =
    [
        "AZURE_RESOURCE_GROUP", "AZURE_LOCATION", "AZURE_TENANT_ID", "AZURE_CONTAINER_REGISTRY_ENDPOINT", "AZURE_CONTAINER_APPS_ENVIRONMENT_ID",
    ];

    /// <summary>Every parameter is there, every one without a default is given, and defaults are the same in both places.</summary>
    public static IEnumerable<string> Parameters(string path, string json, Template template)
    {
        var given = JsonDocument.Parse(json).RootElement.GetProperty("parameters").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetProperty("value"));
        var parameters = template.Of(DeclarationKind.Parameter).ToDictionary(parameter => parameter.Name);
        foreach (var name in given.Keys.Except(parameters.Keys)) yield return $"{path}: {template.Path} has no parameter {name}";
        foreach (var parameter in parameters.Values.Where(parameter => parameter.Value is null && !given.ContainsKey(parameter.Name)))
            yield return $"{path}: {parameter.Name} is needed by {template.Path}";
        foreach (var (name, value) in given.Where(entry => parameters.ContainsKey(entry.Key)))
        {
            if (value.ValueKind is not JsonValueKind.String || Variable().Match(value.GetString()!) is not { Success: true } match)
            {
                yield return $"{path}: {name} has to be a variable such as ${{NAME}} or ${{NAME=default}}";
                continue;
            }

            var fallback = match.Groups["default"].Success ? match.Groups["default"].Value : null;
            if (fallback is not null && parameters[name].Value is { } own && Linter.Literal(own) is { } literal && literal != fallback)
                yield return $"{path}: the default of {name} was '{fallback}', in {template.Path} it is '{literal}'";
            if (fallback is not null && Linter.Allowed(parameters[name]) is { } allowed && !allowed.Contains(fallback))
                yield return $"{path}: the default of {name} was '{fallback}'; allowed are {string.Join(", ", allowed)}";
        }
    }

    /// <summary>Variables of a file of parameters; those without a default have to come from somewhere.</summary>
    public static IEnumerable<(string Name, bool HasDefault)> Variables(string json) =>
        Variable().Matches(json).Select(match => (match.Groups["name"].Value, match.Groups["default"].Success));

    /// <summary>What a module that azd deploys alone asks for and neither main's outputs nor azd gives.</summary>
    public static IEnumerable<string> Unmet(string path, string json, Template main) =>
        Variables(json).Select(variable => variable.Name)
            .Except(OfAzd).Except(main.Of(DeclarationKind.Output).Select(output => output.Name))
            .Select(name => $"{path}: nobody gives {name}; it is neither an output of {main.Path} nor a variable of azd");

    /// <summary>Services of azure.yaml: name, host, module.</summary>
    public static IReadOnlyList<(string Name, string Host, string? Module)> Services(string yaml) =>
    [
        .. Service().Matches(Section().Match(yaml).Value).Select(match => (
            match.Groups["name"].Value,
            Host().Match(match.Groups["body"].Value).Groups["value"].Value,
            Module().Match(match.Groups["body"].Value) is { Success: true } module ? module.Groups["value"].Value : null)),
    ];

    [GeneratedRegex(@"\$\{(?<name>[A-Z0-9_]+)(=(?<default>[^}]*))?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^services:\n(  .*\n)+", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Section();

    [GeneratedRegex(@"^  (?<name>[a-z]+):\n(?<body>(    .*\n)+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Service();

    [GeneratedRegex(@"^    host: (?<value>\S+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Host();

    [GeneratedRegex(@"^    module: (?<value>\S+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Module();
}

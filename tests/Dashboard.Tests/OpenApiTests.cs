using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FuturesBot.Dashboard.Tests;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Description_HoldsEveryRouteOfTheRunningServerAndNoOther()
    {
        await using var server = await PageServer.Start();
        var mapped = server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => !endpoint.RoutePattern.RawText!.Contains("**", StringComparison.Ordinal) && endpoint.RoutePattern.RawText != "/")
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                .Select(method => $"{method} {endpoint.RoutePattern.RawText!.Replace(":long", "", StringComparison.Ordinal)}"));

        var described = Operations(await server.Json("/api/openapi.json")).Select(entry => $"{entry.Method.ToUpperInvariant()} {entry.Path}");

        Assert.Equal(mapped.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Description_OfEveryRoute_HasItsParametersAndProblems()
    {
        await using var server = await PageServer.Start();
        var ids = new HashSet<string>();

        foreach (var (path, method, operation) in Operations(await server.Json("/api/openapi.json")))
        {
            var parameters = operation.GetProperty("parameters").EnumerateArray().ToArray();
            Assert.Equal(
                System.Text.RegularExpressions.Regex.Matches(path, @"\{(?<name>\w+)\}", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["name"].Value),
                parameters.Where(parameter => parameter.GetProperty("in").GetString() == "path").Select(parameter => parameter.GetProperty("name").GetString()));
            Assert.All(parameters, parameter => Assert.NotEqual("", parameter.GetProperty("description").GetString()));
            var responses = operation.GetProperty("responses");
            Assert.All(responses.EnumerateObject().Where(response => response.Name[0] is '4' or '5'), response =>
                Assert.True(response.Value.GetProperty("content").TryGetProperty("application/problem+json", out _), $"{method} {path} {response.Name}"));
            Assert.True(responses.TryGetProperty("403", out _));
            if (method != "get" && path != "/api/session") Assert.Contains(parameters, parameter => parameter.GetProperty("name").GetString() == "X-CSRF-Token");
            if (operation.TryGetProperty("requestBody", out _)) Assert.True(responses.TryGetProperty("413", out _), path);
            Assert.EndsWith(".", operation.GetProperty("summary").GetString());
            Assert.True(ids.Add(operation.GetProperty("operationId").GetString()!), $"{method} {path}: its id is another's");
        }
    }

    [Fact]
    public async Task Description_PointsOnlyAtWhatItHolds()
    {
        await using var server = await PageServer.Start();
        var document = await server.Json("/api/openapi.json");
        var pointers = new List<string>();
        Collect(document, pointers);

        Assert.NotEmpty(pointers);
        Assert.All(pointers, pointer => Assert.True(Finds(document, pointer), pointer));
    }

    private static IEnumerable<(string Path, string Method, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (path.Name, operation.Name, operation.Value);

    private static void Collect(JsonElement node, List<string> pointers)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray()) Collect(item, pointers);
        }

        if (node.ValueKind != JsonValueKind.Object) return;
        foreach (var member in node.EnumerateObject())
        {
            if (member.Name == "$ref" && member.Value.ValueKind == JsonValueKind.String) pointers.Add(member.Value.GetString()!);
            else Collect(member.Value, pointers);
        }
    }

    private static bool Finds(JsonElement at, string pointer)
    {
        foreach (var part in pointer.Split('/').Skip(1))
        {
            if (at.ValueKind == JsonValueKind.Array) at = at[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)];
            else if (!at.TryGetProperty(part, out at)) return false;
        }

        return true;
    }
}

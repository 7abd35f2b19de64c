using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using FuturesBot.Domain.Market;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace FuturesBot.Dashboard;

/// <summary>Writes OpenAPI 3.1 from the endpoints' metadata and the shapes of the types they name.</summary>
internal sealed class OpenApiDocument(IEndpointRouteBuilder routes)
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSchemaExporterOptions Exporter = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, schema) => OwnConverter(context.TypeInfo.Type) ?? schema,
    };

    private readonly SortedDictionary<string, JsonNode> _schemas = new(StringComparer.Ordinal);

    public byte[] ToUtf8()
    {
        var paths = new JsonObject();
        foreach (var (method, path, doc) in Operations())
        {
            if (paths[path] is not JsonObject item) paths[path] = item = [];
            item[method] = Operation(method, path, doc);
        }

        _schemas["problem"] = Problem();
        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "FuturesBot",
                ["version"] = "1",
                ["description"] = "Times are UTC Unix milliseconds. A number that is not there is null, never 0. Errors are RFC 9457 problem details.",
            },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = new JsonObject(_schemas.Select(schema => KeyValuePair.Create<string, JsonNode?>(schema.Key, schema.Value))),
                ["securitySchemes"] = new JsonObject
                {
                    ["session"] = new JsonObject { ["type"] = "apiKey", ["in"] = "cookie", ["name"] = "fb_session_8080" },
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
                },
            },
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, Readable);
    }

    private IEnumerable<(string Method, string Path, ApiDoc Doc)> Operations() =>
        from source in routes.DataSources
        from endpoint in source.Endpoints.OfType<RouteEndpoint>()
        let doc = endpoint.Metadata.GetMetadata<ApiDoc>()
        where doc is not null
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        let path = PathOf(endpoint)
        orderby path, method
        select (method.ToLowerInvariant(), path, doc);

    // The description knows {job}, not {job:long}.
    private static string PathOf(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            RoutePatternSeparatorPart separator => separator.Content,
            _ => throw new InvalidOperationException($"{endpoint.RoutePattern.RawText} holds a part of an unknown kind"),
        }))));

    private JsonObject Operation(string method, string path, ApiDoc doc)
    {
        var change = method is not "get";
        var parameters = new JsonArray([.. doc.Parameters.Select(parameter => (JsonNode)Parameter(parameter))]);
        if (change && path != "/api/session")
        {
            parameters.Add((JsonNode)Parameter(ApiParameter.Header(
                AccessGate.CsrfHeader, "the session's token from GET /api/session; not needed with a bearer token")));
        }

        var operation = new JsonObject
        {
            ["tags"] = new JsonArray(doc.Group),
            ["summary"] = doc.Summary,
            ["operationId"] = $"{method}{string.Concat(path.Split('/', '{', '}', '.', '-').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]))}",
            ["parameters"] = parameters,
            ["responses"] = Responses(doc, change),
            ["security"] = doc.IsOpen
                ? new JsonArray()
                : new JsonArray(new JsonObject { ["session"] = new JsonArray() }, new JsonObject { ["bearer"] = new JsonArray() }),
        };
        if (change) operation["x-role"] = doc.IsOpen ? "anybody" : doc.ChangesNothing ? "viewer" : "trader";
        if (doc.Body is { } body)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = SchemaOf(body) } },
            };
        }

        return operation;
    }

    private JsonObject Responses(ApiDoc doc, bool change)
    {
        var responses = new JsonObject();
        var success = new JsonObject { ["description"] = doc.Success == 204 ? "Done" : doc.Summary };
        if (doc.Success is not (0 or 204))
        {
            success["content"] = new JsonObject
            {
                [doc.AnswerMedia] = new JsonObject { ["schema"] = doc.Answer is { } answer ? SchemaOf(answer) : new JsonObject() },
            };
        }

        if (doc.Success != 0) responses[doc.Success.ToString(CultureInfo.InvariantCulture)] = success;
        foreach (var status in ProblemsOf(doc, change).Order())
        {
            responses[status.ToString(CultureInfo.InvariantCulture)] = new JsonObject
            {
                ["description"] = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
                ["content"] = new JsonObject
                {
                    [Problems.ContentType] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/problem" } },
                },
            };
        }

        return responses;
    }

    /// <summary>What the gate, the body's reader and the checks of parameters can answer, and what the route adds.</summary>
    private static HashSet<int> ProblemsOf(ApiDoc doc, bool change)
    {
        var problems = new HashSet<int>(doc.Problems) { 403, 500 };
        if (!doc.IsOpen) problems.UnionWith([401, 429]);
        if (doc.Parameters.Any(parameter => parameter.In == "query") || doc.Body is not null) problems.Add(400);
        if (doc.Body is not null) problems.UnionWith([413, 415]);
        if (change) problems.Add(403);
        return problems;
    }

    private static JsonObject Parameter(ApiParameter parameter)
    {
        var schema = new JsonObject { ["type"] = parameter.Type };
        if (parameter.Choices is { } choices) schema["enum"] = new JsonArray([.. choices.Select(choice => (JsonNode)choice)]);
        if (parameter.Min is { } min) schema["minimum"] = min;
        if (parameter.Max is { } max) schema["maximum"] = max;
        if (parameter.Default is { } otherwise) schema["default"] = JsonSerializer.SerializeToNode(otherwise);
        return new()
        {
            ["name"] = parameter.Name,
            ["in"] = parameter.In,
            ["required"] = parameter.Required,
            ["description"] = parameter.Meaning,
            ["schema"] = schema,
        };
    }

    /// <summary>A reference to the shape of our own types, which is written once; other shapes in place.</summary>
    private JsonNode SchemaOf(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return new JsonObject { ["type"] = "array", ["items"] = SchemaOf(type.GetGenericArguments()[0]) };
        if (type == typeof(JsonElement)) return new JsonObject { ["type"] = "object" };
        var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(
            type.Name.EndsWith("View", StringComparison.Ordinal) ? type.Name[..^"View".Length] : type.Name);
        if (!_schemas.ContainsKey(name))
        {
            var schema = DashboardJson.Options.GetJsonSchemaAsNode(type, Exporter);
            Rebase(schema, $"#/components/schemas/{name}");
            _schemas[name] = schema;
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    // The exporter's references count from the shape; in the document it stands deeper.
    private static void Rebase(JsonNode? node, string at)
    {
        switch (node)
        {
            case JsonObject members:
                if (members["$ref"] is JsonValue reference && reference.GetValue<string>() is var path && path.StartsWith('#'))
                    members["$ref"] = at + path[1..];
                foreach (var (_, value) in members.ToArray()) Rebase(value, at);
                break;
            case JsonArray items:
                foreach (var item in items) Rebase(item, at);
                break;
            default:
                break;
        }
    }

    private static JsonObject? OwnConverter(Type type) =>
        type == typeof(Symbol) || type == typeof(TimeFrame) ? new() { ["type"] = "string" }
        : type == typeof(double) ? new() { ["type"] = new JsonArray("number", "null") }
        : null;

    private static JsonObject Problem() => new()
    {
        ["type"] = "object",
        ["description"] = "RFC 9457",
        ["required"] = new JsonArray("type", "title", "status", "detail"),
        ["properties"] = new JsonObject
        {
            ["type"] = new JsonObject { ["type"] = "string" },
            ["title"] = new JsonObject { ["type"] = "string" },
            ["status"] = new JsonObject { ["type"] = "integer" },
            ["detail"] = new JsonObject { ["type"] = "string" },
            ["allowed"] = new JsonObject { ["type"] = "string" },
            ["errors"] = new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
            },
        },
    };
}

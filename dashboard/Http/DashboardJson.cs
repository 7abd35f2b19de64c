using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FuturesBot.Dashboard;

/// <summary>The one way in which the page's data is written.</summary>
public static class DashboardJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>For what comes in: an unknown name is a fault, so that a misspelt one is not ignored.</summary>
    internal static JsonSerializerOptions Strict { get; } = CreateStrict();

    internal static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = new NamingPolicy();
        options.Converters.Add(new UnavailableAsNull());
        options.Converters.Add(new SymbolConverter());
        options.Converters.Add(new TimeFrameConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        // The page is UTF-8 throughout: "≥" and "−" need no escapes.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private static JsonSerializerOptions CreateStrict()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            MaxDepth = 8,
        };
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace FuturesBot.Functions.Http;

/// <summary>How the HTTP API reads and writes: snake_case, as the page's API does; NaN (unavailable) is null before it comes here.</summary>
internal static class ApiJson
{
    /// <summary>Longest body that is read, bytes.</summary>
    private const int BodyMax = 64 << 10;

    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,   // what is left out of an order is not taken for a default
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static IResult Ok<T>(T value) => Results.Json(value, Options);

    public static IResult Accepted<T>(T value) => Results.Json(value, Options, statusCode: StatusCodes.Status202Accepted);

    public static IResult Wrong(string why) => Results.Problem(why, statusCode: StatusCodes.Status400BadRequest);

    public static IResult Missing(string what) => Results.Problem(what, statusCode: StatusCodes.Status404NotFound);

    /// <summary>The body, or why it cannot be read.</summary>
    public static async Task<(T? Value, string? Fault)> ReadAsync<T>(HttpRequest request, CancellationToken cancel)
        where T : class
    {
        var bytes = new byte[BodyMax + 1];
        var length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        if (length > BodyMax) return (null, $"The body is longer than {BodyMax} bytes");
        try
        {
            return JsonSerializer.Deserialize<T>(bytes.AsSpan(0, length), Options) is { } value ? (value, null) : (null, "The body was null");
        }
        catch (JsonException e)
        {
            return (null, $"The body cannot be read: {e.Message}");
        }
    }
}

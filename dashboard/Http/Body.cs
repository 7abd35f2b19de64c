using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FuturesBot.Dashboard;

/// <summary>Bodies of requests: JSON, bounded, checked.</summary>
internal static class Body
{
    /// <summary>Longest body that is read, bytes. A change of every setting takes a third of it.</summary>
    public const int LongestRead = 64 * 1024;

    /// <summary>Either a value or the problem with it.</summary>
    public static async Task<(T? Value, IResult? Fault)> Read<T>(HttpRequest request)
        where T : class
    {
        // A form of a foreign page cannot have this type, which is one reason more for asking it.
        if (!request.HasJsonContentType())
        {
            return (null, Problems.Of(
                StatusCodes.Status415UnsupportedMediaType, "The body is no JSON",
                $"Content-Type was '{request.ContentType}'", "application/json"));
        }

        var bytes = new byte[LongestRead + 1];
        if (await Length(request, bytes) is not { } read)
        {
            return (null, Problems.Of(
                StatusCodes.Status413PayloadTooLarge, "The body is too long", $"At most {LongestRead} bytes are read"));
        }

        try
        {
            return JsonSerializer.Deserialize<T>(bytes.AsSpan(0, read), DashboardJson.Strict) is { } value
                ? (value, null)
                : (null, Bad("it was null"));
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            // The message may quote the body, which may hold a token; where it went wrong says enough.
            return (null, Bad(e is JsonException at ? $"at {(at.Path is { Length: > 0 } path ? path : "$")}" : "a value cannot be read"));
        }
    }

    /// <summary>Null when it is too long, which the server may notice before we do.</summary>
    private static async Task<int?> Length(HttpRequest request, byte[] bytes)
    {
        try
        {
            var read = await request.Body.ReadAtLeastAsync(
                bytes, bytes.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
            return read > LongestRead ? null : read;
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }

    private static IResult Bad(string where) =>
        Problems.Of(StatusCodes.Status400BadRequest, "The body cannot be read", $"It is no JSON of the described form: {where}");
}

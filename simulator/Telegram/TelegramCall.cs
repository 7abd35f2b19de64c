using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FuturesBot.Simulator.Telegram;

/// <summary>A call's parameters, however they came: query, form, multipart, JSON.</summary>
internal sealed class TelegramCall
{
    private const int BodyMax = 20 << 20;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public string? this[string name] => _texts.GetValueOrDefault(name);

    public byte[]? File(string name) => _files.GetValueOrDefault(name);

    public long? Number(string name) =>
        long.TryParse(this[name], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool Flag(string name) => this[name] is "true" or "True" or "1";

    /// <summary>A parameter that is JSON; null when it is missing or none.</summary>
    public JsonNode? Json(string name)
    {
        try
        {
            return this[name] is { Length: > 0 } text ? JsonNode.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static async Task<TelegramCall?> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        var call = new TelegramCall();
        foreach (var (name, value) in request.Query) call._texts[name] = value.ToString();
        if (request.ContentLength > BodyMax) return null;
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(cancel);
            foreach (var (name, value) in form) call._texts[name] = value.ToString();
            foreach (var file in form.Files)
            {
                using var bytes = new MemoryStream();
                await file.CopyToAsync(bytes, cancel);
                call._files[file.Name] = bytes.ToArray();
            }
        }
        else if (request.HasJsonContentType())
        {
            var body = await JsonNode.ParseAsync(request.Body, cancellationToken: cancel);
            if (body is not JsonObject fields) return null;
            foreach (var (name, value) in fields)
            {
                if (value is null) continue;
                call._texts[name] = value is JsonValue one && one.TryGetValue(out string? text) ? text : value.ToJsonString();
            }
        }

        return call;
    }
}

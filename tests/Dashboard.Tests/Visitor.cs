using System.Net.Http.Json;
using System.Text.Json;

namespace FuturesBot.Dashboard.Tests;

/// <summary>Somebody with a cookie, as a browser keeps it.</summary>
internal sealed class Visitor(PageServer server)
{
    public string? Cookie { get; set; }

    public string? Csrf { get; set; }

    /// <summary>The answer's headers about the cookie; empty when it set none.</summary>
    public string SetCookie { get; private set; } = "";

    /// <summary>With the session that a machine of one's own gives.</summary>
    public static async Task<Visitor> At(PageServer server)
    {
        var visitor = new Visitor(server);
        await visitor.Send(HttpMethod.Get, "/api/session");
        return visitor;
    }

    public static async Task<Visitor> SignedIn(PageServer server, string token)
    {
        var visitor = new Visitor(server);
        var (status, _) = await visitor.Send(HttpMethod.Post, "/api/session", new { token });
        Assert.Equal(200, status);
        return visitor;
    }

    public async Task<(int Status, JsonElement Body)> Send(
        HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (Cookie is not null) request.Headers.Add("Cookie", Cookie);
        if (Csrf is not null) request.Headers.Add("X-CSRF-Token", Csrf);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        if (body is not null) request.Content = JsonContent.Create(body);
        using var response = await server.Client.SendAsync(request);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
        {
            SetCookie = set.Last();
            Cookie = SetCookie.Split(';')[0];
        }

        var text = await response.Content.ReadAsStringAsync();
        var answer = text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
        if (answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("csrf", out var csrf)) Csrf = csrf.GetString();
        return ((int)response.StatusCode, answer);
    }
}

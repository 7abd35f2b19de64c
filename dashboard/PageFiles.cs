using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>The built page, carried inside this assembly; without Node at build time a plain page instead.</summary>
internal static class PageFiles
{
    private const string Prefix = "web/";
    private const string Index = "index.html";

    private static readonly Assembly Here = typeof(PageFiles).Assembly;

    private static readonly FrozenDictionary<string, string> Resources = Here.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), StringComparer.Ordinal);

    public static bool IsBuilt => Resources.ContainsKey(Index);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", context => IsBuilt ? Send(context, Index) : PlainPage.Send(context));
        routes.MapGet("/{**path}", (string path, HttpContext context) =>
            Resources.ContainsKey(path)
                ? Send(context, path)
                : Problems.NotFound($"There is no page '/{path}'", "/").ExecuteAsync(context));
    }

    private static async Task Send(HttpContext context, string path)
    {
        var response = context.Response;
        response.ContentType = ContentType(path);
        // Names under assets/ carry a hash of their content, so they never change.
        response.Headers.CacheControl =
            path.StartsWith("assets/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        await using var content = Here.GetManifestResourceStream(Resources[path])
            ?? throw new InvalidOperationException($"Resource '{path}' vanished");
        response.ContentLength = content.Length;
        await content.CopyToAsync(response.Body, context.RequestAborted);
    }

    private static string ContentType(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        ".json" => "application/json",
        ".txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
}

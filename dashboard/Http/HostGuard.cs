using Microsoft.AspNetCore.Http;

namespace FuturesBot.Dashboard;

/// <summary>
/// Answers only to its own names. Without this a foreign page could rebind its DNS name to 127.0.0.1 and
/// read the account through the visitor's browser (spec 2.20 #2).
/// </summary>
internal sealed class HostGuard(DashboardOptions options)
{
    private readonly HashSet<string> _names =
        new(["localhost", "127.0.0.1", "[::1]", .. options.AllowedHosts], StringComparer.OrdinalIgnoreCase);

    public Task Invoke(HttpContext context, RequestDelegate next)
    {
        AddHeaders(context.Response.Headers);
        // A failure empties the answer, headers and all; what is missing then is put back.
        context.Response.OnStarting(() =>
        {
            AddHeaders(context.Response.Headers);
            return Task.CompletedTask;
        });
        if (_names.Contains(context.Request.Host.Host) || IsProbe(context.Request)) return next(context);
        return Problems.Of(
            StatusCodes.Status403Forbidden,
            "Host is not allowed",
            $"The Host header was '{context.Request.Host.Value}'",
            string.Join(", ", _names.Order(StringComparer.Ordinal))).ExecuteAsync(context);
    }

    // The platform asks by the container's address whether it lives; that answer tells nobody anything.
    private bool IsProbe(HttpRequest request) =>
        !options.LoopbackOnly && request.Path.StartsWithSegments("/health", StringComparison.Ordinal);

    private static void AddHeaders(IHeaderDictionary headers)
    {
        headers.TryAdd(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("X-Frame-Options", "DENY");
        headers.TryAdd("Referrer-Policy", "no-referrer");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        headers.TryAdd("Cache-Control", "no-store");
    }
}

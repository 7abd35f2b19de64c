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
        if (_names.Contains(context.Request.Host.Host)) return next(context);
        return Problems.Of(
            StatusCodes.Status403Forbidden,
            "Host is not allowed",
            $"The Host header was '{context.Request.Host.Value}'",
            string.Join(", ", _names.Order(StringComparer.Ordinal))).ExecuteAsync(context);
    }

    private static void AddHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers.CacheControl = "no-store";
    }
}

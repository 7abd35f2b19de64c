using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FuturesBot.Dashboard;

/// <summary>
/// Before every route: no foreign origin; who asks; is that enough. A change needs the role trader and, unless
/// the request carries its token itself, the CSRF token of the session.
/// </summary>
internal sealed class AccessGate(DashboardOptions options, TimeProvider time)
{
    public const string CsrfHeader = "X-CSRF-Token";

    private const string Bearer = "Bearer ";

    private readonly SignInLimit _limit = new(time);

    public SessionCookies Cookies { get; } = new(options.SessionLifetime, time);

    public bool SignInRequired { get; } =
        options.TraderToken is not null || options.ViewerToken is not null || options.TrustedFront || !options.LoopbackOnly;

    /// <summary>False where a front signs people in: no token is asked for then.</summary>
    public bool HasTokens => options.TraderToken is not null || options.ViewerToken is not null;

    /// <summary>Runs between routing and the endpoint.</summary>
    public async Task Invoke(HttpContext context, RequestDelegate next)
    {
        if (await Refusal(context) is { } refusal) await refusal.ExecuteAsync(context);
        else await next(context);
    }

    /// <summary>Whose token this is; null when nobody's. Both are always compared.</summary>
    public DashboardRole? RoleOf(string token)
    {
        var trader = options.TraderToken?.Is(token) == true;
        var viewer = options.ViewerToken?.Is(token) == true;
        return trader ? DashboardRole.Trader : viewer ? DashboardRole.Viewer : null;
    }

    /// <summary>Null when a try is allowed, which counts it.</summary>
    public IResult? TooManyTries(HttpContext context)
    {
        if (_limit.Try(AddressOf(context)) is not { } wait) return null;
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Problems.Of(
            StatusCodes.Status429TooManyRequests, "Too many tries to sign in",
            $"{SignInLimit.PerAddress} a minute from one address and {SignInLimit.Overall} over all are allowed");
    }

    public static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    public static bool IsChange(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);

    private async Task<IResult?> Refusal(HttpContext context)
    {
        var request = context.Request;
        if (ForeignOrigin(request) is { } foreign) return foreign;
        if (!request.Path.StartsWithSegments("/api", StringComparison.Ordinal)) return null;

        var (user, tooMany) = Identify(context);
        if (tooMany is not null) return tooMany;
        DashboardUser.Set(context, user);
        var doc = context.GetEndpoint()?.Metadata.GetMetadata<ApiDoc>();
        if (doc?.IsOpen == true) return null;
        if (user is null)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"FuturesBot\"";
            return Problems.Of(
                StatusCodes.Status401Unauthorized, "Sign in first",
                HasTokens
                    ? "Sign in with POST /api/session and the token, or send it as Authorization: Bearer"
                    : "The sign-in in front of this address named nobody");
        }

        if (!IsChange(request)) return null;
        if (!user.ByBearer && WrongCsrf(request, user) is { } wrong) return wrong;
        return user.Role == DashboardRole.Trader || doc?.ChangesNothing == true
            ? null
            : Problems.Of(
                StatusCodes.Status403Forbidden, "Only a trader may change something",
                $"You are signed in as {user.Name}, whose role is viewer", "role trader");
    }

    private (DashboardUser? User, IResult? TooMany) Identify(HttpContext context)
    {
        var session = Cookies.Find(context);
        if (options.TrustedFront && FrontPrincipal.Read(context.Request.Headers[FrontPrincipal.Header].ToString()) is { } principal)
        {
            // The front says anew each time who it is; the session only carries the CSRF token.
            var own = session is not null && session.User == principal.Name ? session : null;
            return (new(principal.Name, principal.Role, own), null);
        }

        var given = context.Request.Headers.Authorization.ToString();
        if (HasTokens && given.StartsWith(Bearer, StringComparison.Ordinal))
        {
            if (RoleOf(given[Bearer.Length..]) is { } role) return (new(NameOf(role), role, Session: null, ByBearer: true), null);
            return (null, TooManyTries(context));
        }

        if (!SignInRequired) return (new("local", DashboardRole.Trader, session), null);
        return (HasTokens && session is not null ? new(session.User, session.Role, session) : null, null);
    }

    public static string NameOf(DashboardRole role) => role == DashboardRole.Trader ? "trader" : "viewer";

    private IResult? WrongCsrf(HttpRequest request, DashboardUser user)
    {
        if (user.Session is { } session && Cookies.IsCsrfOf(session, request.Headers[CsrfHeader].ToString())) return null;
        return Problems.Of(
            StatusCodes.Status403Forbidden, "The CSRF token is missing or not of this session",
            $"A change needs the session's cookie and its token in the header {CsrfHeader}; GET /api/session gives both");
    }

    /// <summary>Other pages in the same browser may neither change nor read anything here.</summary>
    private static IResult? ForeignOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !IsOwn(origin, request.Host.Value))
            return Refused("Origin is not allowed", $"The Origin header was '{Shown(origin)}'", request.Host.Value);
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        return IsChange(request) && site is not ("" or "same-origin" or "none")
            ? Refused("Change from another page refused", $"Sec-Fetch-Site was '{Shown(site)}'", "same-origin")
            : null;

        static IResult Refused(string title, string detail, string? allowed) =>
            Problems.Of(StatusCodes.Status403Forbidden, title, detail, allowed);
    }

    private static bool IsOwn(string origin, string? host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && string.Equals(uri.Authority, host, StringComparison.OrdinalIgnoreCase);

    private static string Shown(string text) => text.Length > 100 ? text[..100] : text;
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>Signing in and out.</summary>
internal static class SessionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, AccessGate gate)
    {
        routes.MapGet("/api/session", (HttpContext context) =>
        {
            if (DashboardUser.Of(context) is not { } user) return Reply.Json(View(gate, user: null, session: null));
            // A request with its token in the header needs no session, and gets none.
            var session = user.ByBearer ? null : user.Session ?? gate.Cookies.Begin(context, user.Name, user.Role);
            return Reply.Json(View(gate, user, session));
        }).Describe("session", "Who you are, and the CSRF token for changes.").Returns<SessionView>().WithoutSignIn();

        routes.MapPost("/api/session", async (HttpContext context) =>
        {
            if (!gate.HasTokens)
                return Problems.Of(StatusCodes.Status409Conflict, "No token is needed", "GET /api/session begins a session here");
            if (gate.TooManyTries(context) is { } tooMany) return tooMany;
            var (asked, fault) = await Body.Read<SignInRequest>(context.Request);
            if (asked is null) return fault!;
            if (gate.RoleOf(asked.Token) is not { } role)
                return Problems.Of(StatusCodes.Status401Unauthorized, "The token is wrong", "It is neither the trader's nor the viewer's token");
            var name = AccessGate.NameOf(role);
            if (DashboardUser.Of(context)?.Session is { } former) gate.Cookies.End(context, former);
            var session = gate.Cookies.Begin(context, name, role);
            var user = new DashboardUser(name, role, session);
            DashboardUser.Set(context, user);
            return Reply.Json(View(gate, user, session));
        }).Describe("session", "Signs in with a token; the cookie of the answer is the session.").Reads<SignInRequest>()
            .Returns<SessionView>().WithoutSignIn()
            .Answers(StatusCodes.Status401Unauthorized, StatusCodes.Status409Conflict, StatusCodes.Status429TooManyRequests);

        routes.MapDelete("/api/session", (HttpContext context) =>
        {
            gate.Cookies.End(context, DashboardUser.Of(context)?.Session);
            return Results.NoContent();
        }).Describe("session", "Signs out.").ReturnsNothing().AlsoForViewers();
    }

    private static SessionView View(AccessGate gate, DashboardUser? user, Session? session) => new(
        user?.Name, user?.Role, session is null ? null : gate.Cookies.CsrfOf(session), gate.SignInRequired, gate.HasTokens, session?.EndsMs);
}

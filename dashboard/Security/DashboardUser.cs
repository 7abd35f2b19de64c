namespace FuturesBot.Dashboard;

/// <summary>Who asks.</summary>
/// <param name="Name">For the audit: local, trader, viewer, or the name that the front's sign-in gave.</param>
/// <param name="Session">Null before a session began, and for a request that carries its token itself.</param>
/// <param name="ByBearer">The request carries the token, which no foreign page can make a browser send.</param>
internal sealed record DashboardUser(string Name, DashboardRole Role, Session? Session, bool ByBearer = false)
{
    private static readonly object Key = new();

    /// <summary>Who asks, once the gate has looked; null for a stranger.</summary>
    public static DashboardUser? Of(Microsoft.AspNetCore.Http.HttpContext context) =>
        context.Items.TryGetValue(Key, out var user) ? user as DashboardUser : null;

    public static void Set(Microsoft.AspNetCore.Http.HttpContext context, DashboardUser? user) => context.Items[Key] = user;
}

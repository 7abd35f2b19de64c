namespace FuturesBot.Dashboard;

/// <summary>Who the page talks for.</summary>
/// <param name="User">Null before signing in.</param>
/// <param name="Role">viewer or trader; null before signing in.</param>
/// <param name="Csrf">Goes into the header X-CSRF-Token of every change; null before signing in.</param>
/// <param name="SignInRequired">False on a machine of one's own without tokens.</param>
/// <param name="WithToken">Whether POST /api/session takes a token here; false where a front signs people in.</param>
/// <param name="EndsMs">When the session ends, wall time; null before signing in.</param>
public sealed record SessionView(
    string? User, DashboardRole? Role, string? Csrf, bool SignInRequired, bool WithToken, long? EndsMs);

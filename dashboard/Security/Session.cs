namespace FuturesBot.Dashboard;

/// <summary>What a session's cookie says.</summary>
/// <param name="Nonce">Tells sessions apart; the CSRF token hangs on it.</param>
/// <param name="EndsMs">Wall time, UTC, Unix milliseconds.</param>
internal sealed record Session(string User, DashboardRole Role, string Nonce, long EndsMs);

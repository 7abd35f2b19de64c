using PageOptions = FuturesBot.Dashboard.DashboardOptions;

namespace FuturesBot.Dashboard.Running;

/// <summary>Who may reach the page, from settings and environment.</summary>
public static class DashboardAccess
{
    public const string TraderVariable = "FUTURESBOT_DASHBOARD_TOKEN";
    public const string ViewerVariable = "FUTURESBOT_DASHBOARD_VIEWER_TOKEN";

    /// <exception cref="FormatException">A token is too short, or the page may not be served so.</exception>
    public static PageOptions Of(Adapters.Configuration.DashboardOptions settings, int port, IReadOnlyDictionary<string, string> environment)
    {
        var options = new PageOptions
        {
            Port = port,
            LoopbackOnly = settings.Address == "loopback",
            AllowedHosts = settings.AllowedHosts.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            TrustedFront = settings.TrustedFront,
            SessionLifetime = TimeSpan.FromHours(settings.SessionHours),
            TraderToken = Token(TraderVariable),
            ViewerToken = Token(ViewerVariable),
        };
        return AccessRules.Fault(options) is { } fault ? throw new FormatException(fault) : options;

        AccessToken? Token(string variable)
        {
            if (environment.GetValueOrDefault(variable)?.Trim() is not { Length: > 0 } text) return null;
            return text.Length >= AccessToken.ShortestAllowed
                ? new(text)
                : throw new FormatException($"{variable} is shorter than {AccessToken.ShortestAllowed} characters, which can be guessed");
        }
    }
}

namespace FuturesBot.Dashboard;

/// <summary>Which ways of serving the page are allowed at all.</summary>
public static class AccessRules
{
    /// <summary>Why the page may not be served so, in a sentence; null when it may.</summary>
    public static string? Fault(DashboardOptions options) => options switch
    {
        { LoopbackOnly: true } => null,
        { TraderToken: null, ViewerToken: null, TrustedFront: false } =>
            "The page may leave this machine only with a sign-in: set FUTURESBOT_DASHBOARD_TOKEN (and "
            + "FUTURESBOT_DASHBOARD_VIEWER_TOKEN for those who only look), or put Entra ID sign-in in front and say so with "
            + "dashboard.trusted_front: true; or leave dashboard.address at loopback",
        { AllowedHosts.Count: 0 } =>
            "The page leaves this machine, so dashboard.allowed_hosts has to say under which names it is called, "
            + "such as bot.example.org",
        _ => null,
    };
}

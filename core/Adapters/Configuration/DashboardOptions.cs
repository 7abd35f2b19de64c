using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Adapters.Configuration;

/// <summary>The web page and its HTTP interface.</summary>
public sealed record DashboardOptions
{
    /// <summary>TCP port.</summary>
    [Range(1, 65_535)] public int Port { get; init; } = 8080;

    /// <summary>
    /// From where the page can be reached: loopback is this machine alone; any needs FUTURESBOT_DASHBOARD_TOKEN in the
    /// environment or a trusted front, and the names it is called by.
    /// </summary>
    [AllowedValues("loopback", "any")]
    public string Address { get; init; } = "loopback";

    /// <summary>Names, separated by commas, that the page is called by besides localhost; requests to others are refused.</summary>
    public string AllowedHosts { get; init; } = "";

    /// <summary>
    /// Whether a front signs people in with Entra ID, sets X-MS-CLIENT-PRINCIPAL itself and lets nobody else set it.
    /// </summary>
    public bool TrustedFront { get; init; }

    /// <summary>How long a session lasts, hours.</summary>
    [Range(1, 168)] public int SessionHours { get; init; } = 12;
}

using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Dashboard;

/// <summary>How the page is served.</summary>
public sealed record DashboardOptions
{
    /// <summary>TCP port; 0 takes a free one.</summary>
    [Range(0, 65_535)] public int Port { get; init; } = 8080;

    /// <summary>False only with a token or behind a trusted front; see <see cref="AccessRules"/>.</summary>
    public bool LoopbackOnly { get; init; } = true;

    /// <summary>Names besides localhost, 127.0.0.1 and [::1] that a Host header may carry.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>How often an open stream looks for news, wall time.</summary>
    public TimeSpan StreamInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Wall time between two heartbeats of a stream; the page calls 3 s of silence stale.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Streams at once; the next one gets 503.</summary>
    [Range(1, 1_000)] public int StreamsMax { get; init; } = 32;

    /// <summary>Lets a trader in; null: there is none.</summary>
    public AccessToken? TraderToken { get; init; }

    /// <summary>Lets a viewer in; null: there is none.</summary>
    public AccessToken? ViewerToken { get; init; }

    /// <summary>
    /// True only where a front signs people in, sets X-MS-CLIENT-PRINCIPAL itself and lets nobody else set it, such as
    /// the sign-in of Azure Container Apps.
    /// </summary>
    public bool TrustedFront { get; init; }

    /// <summary>How long a session lasts, wall time.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(12);
}

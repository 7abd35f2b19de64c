using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Dashboard;

/// <summary>How the page is served.</summary>
public sealed record DashboardOptions
{
    /// <summary>TCP port; 0 takes a free one.</summary>
    [Range(0, 65_535)] public int Port { get; init; } = 8080;

    /// <summary>False only behind a proxy that asks who comes (the cloud).</summary>
    public bool LoopbackOnly { get; init; } = true;

    /// <summary>Names besides localhost, 127.0.0.1 and [::1] that a Host header may carry.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>How often an open stream looks for news, wall time.</summary>
    public TimeSpan StreamInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Wall time between two heartbeats of a stream; the page calls 3 s of silence stale.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Streams at once; the next one gets 503.</summary>
    [Range(1, 1_000)] public int StreamsMax { get; init; } = 32;
}

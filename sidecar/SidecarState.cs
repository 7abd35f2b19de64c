using FuturesBot.Dashboard;

namespace FuturesBot.Sidecar;

/// <summary>What the process is at the moment, for whoever asks whether it is ready. Safe for several threads.</summary>
internal sealed class SidecarState
{
    private volatile ReadinessView _now = new(IsReady: false, "starting", "The process has just started");
    private volatile string? _gap;

    /// <summary>While the kernel is away (<see cref="Rest"/>) nothing counts as ready.</summary>
    public ReadinessView Now => _gap is { } reason && _now is { IsReady: true } ? new(IsReady: false, "following", reason) : _now;

    /// <summary>Not ready, because of something that passes by itself or not.</summary>
    public void Wait(string status, string reason) => _now = new(IsReady: false, status, reason);

    /// <summary>Everything is there; another process holds the market.</summary>
    /// <remarks>
    /// That counts as ready: a deployment stops the old revision only when the new one is ready, and the new one gets the market only
    /// when the old one has stopped.
    /// </remarks>
    public void StandBy() => _now = new(IsReady: true, "standby", "");

    /// <summary>It holds the market.</summary>
    public void Hold() => _now = new(IsReady: true, "ready", "");

    /// <summary>There is no page for the moment, whoever holds the market.</summary>
    public void Rest(string reason) => _gap = reason;

    /// <summary>There is one again.</summary>
    public void Resume() => _gap = null;

    /// <summary>It was asked to end.</summary>
    public void End() => _now = new(IsReady: false, "ending", "The process was asked to end");
}

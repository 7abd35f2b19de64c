namespace FuturesBot.Dashboard;

/// <summary>Whether a process is ready.</summary>
/// <param name="IsReady">It does its work, or would at once.</param>
/// <param name="Status">ready, standby, loading, refused …</param>
/// <param name="Reason">Why it is not ready, in a sentence; empty when it is.</param>
public sealed record ReadinessView(bool IsReady, string Status, string Reason);

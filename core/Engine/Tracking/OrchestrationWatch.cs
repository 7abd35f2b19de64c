using FuturesBot.Engine.Sharding;

namespace FuturesBot.Engine.Tracking;

/// <summary>
/// Tells by what orchestrations show whether somebody runs them. One that has let its own deadline pass was not run; whoever notes that
/// gives no sign of life, and the watchdog says so.
/// </summary>
public static class OrchestrationWatch
{
    /// <summary>Name of the <see cref="Beat"/>.</summary>
    public const string Component = "orchestrations";

    /// <summary>A timer may be this late: a host that was killed gives its messages back after five minutes.</summary>
    public const long LateMaxMs = 8 * 60_000;

    /// <summary>One that was started may take this long for its first turn.</summary>
    private const long FirstTurnMaxMs = LateMaxMs;

    /// <summary>A sign of life, unless one is late or has failed; <paramref name="trouble"/> says which.</summary>
    /// <param name="seen">Those that run and those that failed.</param>
    /// <param name="nowMs">Now, UTC, Unix milliseconds.</param>
    /// <param name="trouble">Null when all is well.</param>
    public static Beat? Judge(IReadOnlyCollection<SeenOrchestration> seen, long nowMs, out string? trouble)
    {
        var failed = seen.Where(one => one.HasFailed).Select(one => one.SignalId).Order(StringComparer.Ordinal).ToArray();
        var late = seen.Where(one => !one.HasFailed && IsLate(one, nowMs)).Select(one => one.SignalId).Order(StringComparer.Ordinal).ToArray();
        trouble = (failed.Length, late.Length) switch
        {
            (0, 0) => null,
            (_, 0) => $"failed: {Some(failed)}",
            (0, _) => $"not run: {Some(late)}",
            _ => $"failed: {Some(failed)}; not run: {Some(late)}",
        };
        return trouble is null ? new(Component, nowMs, 0, FormattableString.Invariant($"{seen.Count} followed")) : null;
    }

    private static bool IsLate(SeenOrchestration one, long nowMs) => one.Status is { } status
        ? nowMs - Math.Max(status.DueAtMs ?? status.DeadlineMs, one.UpdatedAtMs) > LateMaxMs
        : nowMs - one.UpdatedAtMs > FirstTurnMaxMs;

    private static string Some(string[] ids) => ids.Length <= 5 ? string.Join(", ", ids) : $"{string.Join(", ", ids[..5])} and {ids.Length - 5} more";
}

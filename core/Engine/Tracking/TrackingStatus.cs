namespace FuturesBot.Engine.Tracking;

/// <summary>What an orchestration shows of itself while it runs: a few hundred bytes.</summary>
/// <param name="Phase">Name of the lifecycle's state.</param>
/// <param name="Version">Of the stored signal; 0 before the first move.</param>
/// <param name="DeadlineMs">Moment by which something must have come, market time, UTC, Unix milliseconds.</param>
/// <param name="Stalls">How often in a row that moment passed with nothing.</param>
/// <param name="Crossed">Names of the levels that the price has reached, the last last.</param>
/// <param name="DueAtMs">When its timer fires, wall time, UTC, Unix milliseconds; null: as the deadline says.</param>
public sealed record TrackingStatus(
    string Symbol, string Strategy, string Phase, long Version, long DeadlineMs, int Stalls, IReadOnlyList<string> Crossed, long? DueAtMs = null)
{
    /// <param name="state">Of the orchestration.</param>
    /// <param name="dueAtMs">See <see cref="DueAtMs"/>.</param>
    public static TrackingStatus Of(TrackedSignal state, long? dueAtMs = null) => new(
        state.Now.Symbol.Name, state.Now.Strategy, state.Now.Phase, state.Now.Version, state.DeadlineMs, state.Stalls,
        [.. state.Crossings.Select(crossing => crossing.Level)], dueAtMs);
}

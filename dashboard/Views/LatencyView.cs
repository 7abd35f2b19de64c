namespace FuturesBot.Dashboard;

/// <summary>How long everything takes.</summary>
/// <param name="SinceMs">Wall time from which it is counted.</param>
/// <param name="Stages">In the order of the way.</param>
/// <param name="Calls">Requests by endpoint, by name.</param>
public sealed record LatencyView(long SinceMs, IReadOnlyList<StageView> Stages, IReadOnlyList<CallView> Calls);

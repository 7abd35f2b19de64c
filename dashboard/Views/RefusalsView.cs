namespace FuturesBot.Dashboard;

/// <param name="SinceMs">Start of the counting.</param>
/// <param name="Reasons">The most frequent first.</param>
public sealed record RefusalsView(long SinceMs, int Total, IReadOnlyList<RefusalReasonView> Reasons);

namespace FuturesBot.Dashboard;

/// <param name="Reason">Stable name, such as <c>CostTooHigh</c>.</param>
/// <param name="Title">In words, such as "round trip costs too much".</param>
/// <param name="Last">The newest examples, newest first, a handful.</param>
public sealed record RefusalReasonView(string Reason, string Title, int Count, IReadOnlyList<RefusalView> Last);

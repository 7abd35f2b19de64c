namespace FuturesBot.Dashboard;

/// <summary>How much of a limit is used.</summary>
/// <param name="Name">Such as <c>orders 10 s</c>.</param>
public readonly record struct LimitUseView(string Name, int Used, int Limit);

namespace FuturesBot.Dashboard;

/// <summary>One leg of a candle's way from the exchange to people.</summary>
/// <param name="Name">received, decided, committed, told or computed.</param>
/// <param name="Title">In words.</param>
/// <param name="Reason">Why there is nothing to measure; null when there is.</param>
public sealed record StageView(string Name, string Title, QuantilesView Took, string? Reason);

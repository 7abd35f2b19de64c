namespace FuturesBot.Dashboard;

/// <summary>Order-flow imbalance (Cont, Kukanov and Stoikov 2014) of the last seconds of market time.</summary>
/// <param name="Seconds">Span, 1 to 60.</param>
/// <param name="Value">In units of the mean quantity at the best prices; bids positive; NaN when unavailable.</param>
public readonly record struct BookFlowView(int Seconds, double Value);

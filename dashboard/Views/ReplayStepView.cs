namespace FuturesBot.Dashboard;

/// <summary>One step of the signal's life with where its stop stood afterwards.</summary>
/// <param name="Bar">Index of the candle in which it happened; the last one when it happened later.</param>
/// <param name="Stop">Null before the entry filled.</param>
public sealed record ReplayStepView(int Bar, long TimeMs, string Kind, string Text, decimal? Stop);

namespace FuturesBot.Dashboard;

/// <summary>Trades with a score in a range.</summary>
/// <param name="Label">Such as <c>3.50–3.99</c>.</param>
/// <param name="MeanR">Net.</param>
/// <param name="MeanRCi95">Block bootstrap; unavailable below two trades.</param>
public sealed record ScoreBucketView(string Label, int N, double MeanR, IntervalView MeanRCi95);

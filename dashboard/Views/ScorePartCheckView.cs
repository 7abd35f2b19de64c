namespace FuturesBot.Dashboard;

/// <summary>Does one part of the score do what it is for?</summary>
/// <param name="Name">The part; <c>total</c> for the whole score.</param>
/// <param name="N">Trades in which its input was there.</param>
/// <param name="FiresShare">Of these, with points other than 0; NaN without one.</param>
/// <param name="UnavailableShare">Of all trades with this part.</param>
/// <param name="Verdict">cannot_say, in_order, inverted or never_fires.</param>
public sealed record ScorePartCheckView(
    string Scale, string Name, int N, double FiresShare, double UnavailableShare, double RankCorrelation, string Verdict, bool Alert);

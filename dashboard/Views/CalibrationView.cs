namespace FuturesBot.Dashboard;

/// <summary>Does a higher score bring a higher result? One score against net R.</summary>
/// <param name="Scale">core or action_price: the two are never mixed.</param>
/// <param name="N">Trades with a score.</param>
/// <param name="RankCorrelation">Score against net R, −1…+1; NaN when it cannot be said.</param>
/// <param name="Verdict">cannot_say, in_order, inverted or never_fires.</param>
/// <param name="Alert">The score does not do what it is for.</param>
/// <param name="Buckets">From the lowest score up.</param>
public sealed record CalibrationView(
    string Scale, int N, double RankCorrelation, string Verdict, bool Alert, IReadOnlyList<ScoreBucketView> Buckets);

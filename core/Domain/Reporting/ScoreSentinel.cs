namespace FuturesBot.Domain.Reporting;

/// <summary>
/// Watches whether a score, or one of its parts, does what it is for. An inverted score is what made the
/// earlier bot's winners score lower than its losers: 28 trades are enough to see it.
/// </summary>
/// <param name="Name">A part's name, or <c>total</c>.</param>
/// <param name="N">Trades in which the input was available.</param>
/// <param name="FiresShare">Share of those that got points other than 0, 0–1; NaN without one.</param>
/// <param name="UnavailableShare">Share of all trades with this part whose input was missing, 0–1.</param>
/// <param name="RankCorrelation">Points against net R, −1 … +1; NaN when it cannot be said.</param>
public sealed record ScoreSentinel(
    string Scale, string Name, int N, double FiresShare, double UnavailableShare, double RankCorrelation,
    SentinelVerdict Verdict)
{
    /// <summary>Fewer trades than this give no verdict.</summary>
    public const int TradesMin = 20;

    public const string Total = "total";

    public bool Alert => Verdict is SentinelVerdict.Inverted or SentinelVerdict.NeverFires;

    /// <summary>For each scale its total first, then its parts by name.</summary>
    public static ScoreSentinel[] Of(IEnumerable<TradeRecord> trades) =>
    [
        .. from trade in trades
           group trade by ScoreScale.Of(trade.Strategy) into scale
           orderby scale.Key descending
           from watched in OfScale(scale.Key, [.. scale])
           select watched,
    ];

    private static IEnumerable<ScoreSentinel> OfScale(string scale, TradeRecord[] trades)
    {
        yield return Watch(scale, Total, [.. trades.Select(t => (t.Score, (double)t.PnlRNet))]);

        var parts =
            from trade in trades
            from part in trade.ScoreParts
            group (part.Points ?? double.NaN, (double)trade.PnlRNet) by part.Name;
        foreach (var part in parts.OrderBy(p => p.Key, StringComparer.Ordinal))
            yield return Watch(scale, part.Key, [.. part]);
    }

    private static ScoreSentinel Watch(string scale, string name, (double Points, double NetR)[] pairs)
    {
        var there = Array.FindAll(pairs, p => double.IsFinite(p.Points));
        var fires = there.Length == 0
            ? double.NaN
            : (double)there.Count(p => p.Points != 0) / there.Length;
        var missing = pairs.Length == 0 ? 0 : 1 - ((double)there.Length / pairs.Length);
        var rho = Reporting.RankCorrelation.Of(
            [.. there.Select(p => p.Points)], [.. there.Select(p => p.NetR)]);
        return new(scale, name, there.Length, fires, missing, rho, Judge(there.Length, fires, missing, rho));
    }

    private static SentinelVerdict Judge(int n, double fires, double missing, double rho) =>
        n < TradesMin || missing > 0.5 ? SentinelVerdict.CannotSay
        : fires == 0 ? SentinelVerdict.NeverFires
        : double.IsNaN(rho) ? SentinelVerdict.CannotSay
        : rho <= 0 ? SentinelVerdict.Inverted
        : SentinelVerdict.InOrder;
}

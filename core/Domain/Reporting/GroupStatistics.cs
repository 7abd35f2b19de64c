namespace FuturesBot.Domain.Reporting;

/// <summary>
/// The figures that stand wherever a win rate stands: count, three outcomes, rate with interval, net result
/// per trade with interval, profit factor.
/// </summary>
/// <param name="ExpectancyRNet">Mean net R per trade; NaN without a trade.</param>
/// <param name="ExpectancyRNetCi95">Block bootstrap, 95 %; unavailable below two trades.</param>
/// <param name="ProfitFactorNet">NaN when nothing was lost.</param>
public sealed record GroupStatistics(
    string Name,
    int N,
    int Wins,
    int BreakEvens,
    int Losses,
    WinRate WinRate,
    double ExpectancyRNet,
    Interval ExpectancyRNetCi95,
    double ProfitFactorNet,
    double TotalRNet,
    double TotalRGross)
{
    /// <summary>Fewer trades than this prove nothing, whatever the interval says.</summary>
    public const int ProofFrom = 20;

    /// <summary>
    /// The whole interval of the net result lies above 0, on at least <see cref="ProofFrom"/> trades.
    /// </summary>
    public bool EdgeProven => N >= ProofFrom && ExpectancyRNetCi95.Low > 0;

    /// <param name="trades">In the order of closing (<see cref="EquityCurve.InOrder"/>).</param>
    public static GroupStatistics Of(string name, IReadOnlyList<TradeRecord> trades)
    {
        var net = new double[trades.Count];
        for (var i = 0; i < net.Length; i++) net[i] = (double)trades[i].PnlRNet;
        var wins = trades.Count(t => t.Outcome == TradeOutcome.Win);
        var evens = trades.Count(t => t.Outcome == TradeOutcome.BreakEven);
        var total = (double)trades.Sum(t => t.PnlRNet);
        return new(
            name, net.Length, wins, evens, net.Length - wins - evens,
            WinRate.Of(wins, net.Length),
            net.Length == 0 ? double.NaN : total / net.Length,
            BlockBootstrap.OfMean(net),
            ProfitFactor.Of(net),
            total,
            (double)trades.Sum(t => t.PnlRGross));
    }

    /// <summary>One group for each key, in the order of <paramref name="order"/>, then by name.</summary>
    internal static GroupStatistics[] By(
        IEnumerable<TradeRecord> trades,
        Func<TradeRecord, string> name,
        Func<TradeRecord, int>? order = null) =>
    [
        .. trades.GroupBy(name, StringComparer.Ordinal)
            .OrderBy(g => order?.Invoke(g.First()) ?? 0)
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Of(g.Key, [.. g])),
    ];
}

namespace FuturesBot.Domain.Reporting;

/// <summary>Sum of results in R, trade by trade in order of their closing.</summary>
public static class EquityCurve
{
    /// <summary>By closing time, then entry time, then id: one order for every host.</summary>
    public static TradeRecord[] InOrder(IEnumerable<TradeRecord> trades) =>
    [
        .. trades.OrderBy(t => t.ClosedAtMs).ThenBy(t => t.EntryTimeMs)
            .ThenBy(t => t.SignalId, StringComparer.Ordinal),
    ];

    /// <summary><paramref name="trades"/> as <see cref="InOrder"/> gives them; one point each.</summary>
    public static EquityPoint[] Of(IReadOnlyList<TradeRecord> trades)
    {
        var points = new EquityPoint[trades.Count];

        // Summed as decimal: ten thousand results of 0.1 must end at 1,000 and not beside it.
        decimal net = 0, gross = 0, high = 0;
        for (var i = 0; i < points.Length; i++)
        {
            net += trades[i].PnlRNet;
            gross += trades[i].PnlRGross;
            high = Math.Max(high, net);
            points[i] = new(trades[i].ClosedAtMs, (double)net, (double)gross, (double)(net - high));
        }

        return points;
    }
}

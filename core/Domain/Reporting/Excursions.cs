namespace FuturesBot.Domain.Reporting;

/// <summary>
/// How far trades went for and against us before they closed, to tune stops and targets.
/// </summary>
/// <remarks>Sweeney (1996), Maximum Adverse Excursion.</remarks>
/// <param name="EdgeRatio">Mean MFE / |mean MAE| over the life of the trades; above 1 price went more for
/// us.</param>
/// <param name="MfeR">5, 25, 50, 75 and 95 % quantiles of all trades, in R.</param>
/// <param name="MaeR">The same of MAE, 0 or negative.</param>
/// <param name="WinnersMaeR">MAE of winners: how much room a stop has to leave.</param>
/// <param name="LosersMfeR">MFE of losers: what they gave back.</param>
public sealed record Excursions(
    double EdgeRatio,
    IReadOnlyList<double> MfeR,
    IReadOnlyList<double> MaeR,
    IReadOnlyList<double> WinnersMaeR,
    IReadOnlyList<double> LosersMfeR)
{
    /// <summary>The quantiles in every list.</summary>
    public static IReadOnlyList<double> Levels { get; } = [0.05, 0.25, 0.5, 0.75, 0.95];

    public static Excursions Of(IReadOnlyList<TradeRecord> trades)
    {
        var mfe = trades.Sum(t => t.MfeR);
        var mae = -trades.Sum(t => t.MaeR);
        return new(
            mae > 0 ? mfe / mae : double.NaN,
            At(trades.Select(t => t.MfeR)),
            At(trades.Select(t => t.MaeR)),
            At(trades.Where(t => t.Outcome == TradeOutcome.Win).Select(t => t.MaeR)),
            At(trades.Where(t => t.Outcome == TradeOutcome.Loss).Select(t => t.MfeR)));
    }

    private static double[] At(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return [.. Levels.Select(level => Quantiles.OfSorted(sorted, level))];
    }
}

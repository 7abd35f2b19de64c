using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Reporting;

/// <summary>
/// What the numbers stand on: assumptions, further statistics and how they are made, data per symbol.
/// </summary>
internal static class ReportMethod
{
    private const double DayMs = 86_400_000;

    public static void Write(TextWriter output, BacktestReportModel model)
    {
        output.Write("<div class=\"g3\">\n");
        Assumptions(output, model.Assumptions);
        Statistics(output, model.Summary.Panel);
        ReportRefusals.WriteCostGates(output, model.CostGates);
        output.Write("</div>\n");
        Symbols(output, model.Symbols);
    }

    private static void Assumptions(TextWriter output, ReportAssumptions assumptions)
    {
        output.Write("""
            <section class="panel"><div class="ph"><h2>Assumptions</h2>
            <span class="sub">what this run took for granted</span></div><div class="pb"><dl class="say">

            """);
        Say(output, "Fees", Figures.Text(assumptions.Fees));
        Say(output, "Slippage", Figures.Text(assumptions.Slippage));
        Say(output, "Funding", Figures.Text(assumptions.Funding));
        Say(output, "Entry", Figures.Text(assumptions.Entry));
        Say(output, "Inside a bar", Figures.Text(assumptions.Intrabar));
        Say(output, "Tracking", Figures.Text(assumptions.Tracking));
        Say(output, "Sizing", Figures.Text(assumptions.Sizing));
        Say(output, "Universe", Figures.Text(assumptions.Universe));
        foreach (var missing in assumptions.Unavailable)
        {
            Say(output, "Unavailable", $"<span class=\"hatch\"></span> <b>{Figures.Text(missing.Input)}</b>: "
                + Figures.Text(missing.Consequence));
        }

        output.Write("</dl></div></section>\n");
    }

    private static void Statistics(TextWriter output, PerformancePanel panel)
    {
        output.Write("""
            <section class="panel"><div class="ph"><h2>More statistics</h2>
            <span class="sub">and how each is made</span></div><div class="pb"><dl class="say">

            """);
        Results(output, panel);
        Ratios(output, panel);
        output.Write("</dl>\n");
        Quantiles(output, panel.Excursions);
        output.Write("</div></section>\n");
    }

    private static void Results(TextWriter output, PerformancePanel panel)
    {
        var block = BlockBootstrap.BlockLength(Math.Max(1, panel.Overall.N));
        Say(output, "Net per trade", $"<b>{Figures.Signed(panel.Overall.ExpectancyRNet, 3)} R</b>; "
            + $"interval by circular block bootstrap, {block} trades a block, 2 000 resamples, fixed seed");
        Say(output, "Outcomes", "even = closed at the break-even stop after TP1, or |net| ≤ 0.10 R; "
            + "expired, refused and shadowed signals are not counted");
        Say(output, "Under water", $"<b>{Figures.Share(panel.Drawdown.UnderWaterShare)}</b> of the time; "
            + $"longest {Figures.Plain(panel.Drawdown.LongestUnderWaterMs / DayMs, 1)} days");
        Say(output, "Streaks",
            $"{panel.Streaks.WinsMax} wins, <b>{panel.Streaks.LossesMax} losses</b> in a row");
        Say(output, "Signals view",
            $"with the {Figures.Count(panel.Shadowed)} shadowed signals: {Line(panel.SignalsView)}");
        if (panel.AuthorCounting is { } author)
            Say(output, "Author's counting", $"only the stop at entry after TP1 is even: {Line(author)}");
    }

    private static void Ratios(TextWriter output, PerformancePanel panel)
    {
        Say(output, "Sharpe, Sortino",
            $"<b>{Figures.Signed(panel.Sharpe)}, {Figures.Signed(panel.Sortino)}</b> "
            + $"a year: {panel.Days} daily results, quiet days as 0, times √365");
        Say(output, "Probability",
            $"of a Sharpe ratio above 0: <b>{Figures.Plain(panel.ProbabilisticSharpe, 3)}</b>; after "
            + $"{panel.Options.Trials} trial(s), deflated: <b>{Figures.Plain(panel.DeflatedSharpe, 3)}</b>");
        Say(output, "Record needed", double.IsNaN(panel.MinimumTrackRecordDays)
            ? "no length of record makes a Sharpe ratio at or below 0 believable"
            : $"<b>{Figures.Plain(panel.MinimumTrackRecordDays, 0)} days</b> until this Sharpe ratio "
                + "is believed at 95 %");
    }

    private static void Say(TextWriter output, string name, string html) =>
        output.Write($"<dt>{name}</dt><dd>{html}</dd>\n");

    private static string Line(GroupStatistics group) =>
        $"n = {Figures.Count(group.N)}, {Figures.Signed(group.ExpectancyRNet)} R "
        + $"<span class=\"t3\">[{Figures.Range(group.ExpectancyRNetCi95)}]</span>, "
        + $"win rate {Figures.Rate(group.WinRate)}";

    private static void Quantiles(TextWriter output, Excursions excursions)
    {
        output.Write("<table class=\"t\"><thead><tr><th>Excursions, R; quantile</th>");
        foreach (var level in Excursions.Levels)
            output.Write($"<th class=\"num\">{Figures.Share(level)}</th>");
        output.Write("</tr></thead><tbody>\n");
        Row(output, "Best moment (MFE)", excursions.MfeR);
        Row(output, "Worst moment (MAE)", excursions.MaeR);
        Row(output, "MAE of winners: room for the stop", excursions.WinnersMaeR);
        Row(output, "MFE of losers: given back", excursions.LosersMfeR);
        output.Write("</tbody></table>\n");
    }

    private static void Row(TextWriter output, string name, IReadOnlyList<double> values)
    {
        output.Write($"<tr><td>{name}</td>");
        foreach (var value in values) output.Write($"<td class=\"num\">{Figures.Signed(value)}</td>");
        output.Write("</tr>\n");
    }

    private static void Symbols(TextWriter output, IReadOnlyList<SymbolData> symbols)
    {
        output.Write("""
            <section class="panel"><div class="ph"><h2>Data</h2>
            <span class="sub">what each symbol had; times in UTC</span></div><div class="pb tall flush">
            <table class="t"><thead><tr><th>Symbol</th><th>Frames</th>
            <th class="num">Tick</th><th>Tick from</th><th>First candle</th><th>Last close</th>
            <th class="num">Candles</th><th class="num">Gaps</th>
            <th class="num">Missing bars</th></tr></thead>
            <tbody>

            """);
        foreach (var symbol in symbols)
        {
            output.Write($"<tr><td class=\"t1\">{Figures.Text(symbol.Symbol)}</td>");
            output.Write($"<td>{Figures.Text(symbol.Frames)}</td><td class=\"num\">{symbol.TickSize}</td>");
            output.Write($"<td>{Figures.Text(symbol.TickSource)}</td><td>{Figures.Time(symbol.FromMs)}</td>");
            output.Write($"<td>{Figures.Time(symbol.ToMs)}</td>");
            output.Write($"<td class=\"num\">{Figures.Count(symbol.Candles)}</td>");
            output.Write($"<td class=\"num\">{Figures.Count(symbol.Gaps)}</td>");
            output.Write($"<td class=\"num\">{Figures.Count(symbol.MissingBars)}</td></tr>\n");
        }

        output.Write("</tbody></table></div></section>\n");
    }
}

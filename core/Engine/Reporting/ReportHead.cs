using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Reporting;

/// <summary>Title, verdict and the statistics row: what the eye meets first.</summary>
internal static class ReportHead
{
    public static void Write(TextWriter output, BacktestReportModel model)
    {
        var (facts, panel) = (model.Summary.Facts, model.Summary.Panel);
        output.Write($"""
            <header class="head"><h1>Backtest</h1>
            <span class="chip line">profile {Figures.Text(facts.Profile)}</span>
            <span><b>{Figures.Day(facts.DataFromMs)} – {Figures.Day(facts.DataToMs)}</b>
            <span class="t3">UTC</span></span>
            <span><b>{Figures.Count(facts.Symbols)}</b> <span class="t3">symbols</span></span>
            <span><b>{Figures.Count(facts.Candles)}</b> <span class="t3">candles</span></span>
            <span class="sp"></span><span class="t3 mono">ledger {Ledger(facts.LedgerHash)}</span></header>
            {Verdict(panel)}
            <section class="kpis" aria-label="Statistics">

            """);
        foreach (var tile in Tiles(panel)) output.Write(tile);
        output.Write("</section>\n");
    }

    private static string Ledger(string? hash) => hash is null ? "off" : Figures.Text(hash);

    private static string Verdict(PerformancePanel panel)
    {
        var all = panel.Overall;
        var range = Figures.Range(all.ExpectancyRNetCi95, 3);
        var interval = $"95 % interval of the net result per trade, {range} R";
        var (mark, title, because) =
            all.N == 0 ? ("△", "No trade closed", "there is nothing to measure")
            : all.N < GroupStatistics.ProofFrom
                ? ("△", "Edge not proven", $"{all.N} trades are too few to say anything")
            : all.EdgeProven
                ? ("●", "Interval above zero", $"the {interval}, lies above 0 on these {all.N} trades, after "
                    + $"{panel.Options.Trials} trial(s); a reason to test on other data, no promise")
            : all.ExpectancyRNetCi95.High < 0
                ? ("■", "Edge not proven: it loses after costs", $"the {interval}, lies wholly below 0")
            : ("△", "Edge not proven", $"the {interval}, holds 0");
        var kind = mark switch { "■" => " crit", "●" => " quiet", _ => "" };
        return $"<p class=\"banner{kind}\"><b>{mark} {title}</b> <span>{because}.</span></p>";
    }

    private static IEnumerable<string> Tiles(PerformancePanel panel)
    {
        var all = panel.Overall;
        yield return Tile("Closed trades", "n", Figures.Count(all.N),
            $"{Figures.Count(all.Wins)} won · {Figures.Count(all.BreakEvens)} even · "
            + $"{Figures.Count(all.Losses)} lost");
        yield return Tile("Net per trade", "block bootstrap", R(all.ExpectancyRNet),
            $"95 % {Figures.Range(all.ExpectancyRNetCi95)} R", all.EdgeProven ? "up" : "");
        yield return Tile("Win rate", "Wilson", Rate(all.WinRate),
            Beside(all));
        yield return Tile("Profit factor", "net", Figures.Plain(all.ProfitFactorNet),
            $"total {Figures.Signed(all.TotalRNet, 1)} R, gross {Figures.Signed(all.TotalRGross, 1)}");
        yield return Tile("Worst drawdown", "R", Figures.Plain(panel.Drawdown.DepthR, 1),
            $"longest dip {Figures.Plain(panel.Drawdown.LongestUnderWaterMs / 86_400_000.0, 1)} days",
            panel.Drawdown.DepthR < 0 ? "dn" : "");
        yield return Tile(
            "Deflated Sharpe", $"{panel.Options.Trials} trial(s)", Figures.Plain(panel.DeflatedSharpe),
            $"Sharpe {Figures.Signed(panel.Sharpe)} a year, {panel.Days} days");
        yield return Tile("Costs per trade", "R", Figures.Plain(panel.CostR),
            "fees + slippage + funding");
    }

    /// <summary>
    /// What must stand with a win rate: its interval, its count and the net result per trade.
    /// </summary>
    private static string Beside(GroupStatistics all) => all.WinRate.Rate is null
        ? $"n = {Figures.Count(all.N)}: no rate below {WinRate.RateFrom} trades"
        : $"95 % {Figures.Percent(all.WinRate.Ci95.Low)} – {Figures.Percent(all.WinRate.Ci95.High)} % · "
            + $"n = {Figures.Count(all.N)} · {Figures.Signed(all.ExpectancyRNet)} R";

    private static string R(double value) => Figures.Signed(value) + "<span class=\"unit\">R</span>";

    private static string Rate(WinRate rate) => rate.Rate is { } share
        ? Figures.Percent(share) + "<span class=\"unit\">%</span>"
        : "<span class=\"na\">—</span>";

    private static string Tile(string name, string method, string value, string detail, string sign = "") =>
        $"""
        <div class="kpi"><div class="k"><span>{name}</span><span>{method}</span></div>
        <div class="v {sign}">{value}</div><div class="d">{detail}</div></div>

        """;
}

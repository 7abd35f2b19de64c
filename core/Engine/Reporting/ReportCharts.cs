using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Reporting;

/// <summary>The frames of the three charts; the script draws into them.</summary>
internal static class ReportCharts
{
    public static void Write(TextWriter output, PerformancePanel panel)
    {
        output.Write("<div class=\"g3\">\n");
        Frame(output, "equity", "Equity and drawdown", "R, net; dotted: before costs",
            "Equity in R, trade by trade, with the drawdown below it");
        Frame(output, "score", "Score against result", "rank corr. " + Correlations(panel.Sentinel),
            "Mean net result per score bucket, with 95 % intervals");
        Frame(output, "moments", "Best and worst moment",
            $"MAE × MFE, R · edge ratio {Figures.Plain(panel.Excursions.EdgeRatio)}",
            "Best against worst moment of each trade, in R");
        output.Write("</div>\n");
    }

    private static void Frame(TextWriter output, string id, string title, string note, string label) =>
        output.Write($"""
            <section class="panel"><div class="ph"><h2>{title}</h2><span class="sp"></span>
            <span class="sub">{note}</span></div>
            <div class="pb chart" id="{id}" role="img" aria-label="{label}"></div></section>

            """);

    private static string Correlations(IReadOnlyList<ScoreSentinel> sentinel)
    {
        var totals =
            from watched in sentinel
            where watched.Name == ScoreSentinel.Total
            select $"{ReportSentinel.Scale(watched.Scale)} <b>{Figures.Signed(watched.RankCorrelation)}</b>"
                + (watched.Alert ? " <span class=\"chip warn\">△ inverted</span>" : "");
        return string.Join(" · ", totals.DefaultIfEmpty("—"));
    }
}

using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Reporting;

/// <summary>
/// Net result per strategy, direction, regime, score bucket and symbol, as whiskers on one axis.
/// </summary>
internal static class ReportGroups
{
    // Longer names get a wider column, at the cost of the axis.
    private const int LongName = 12;

    public static void Write(TextWriter output, PerformancePanel panel)
    {
        output.Write("<div class=\"g3\">\n");
        Open(output, "By strategy and direction");
        GroupStatistics[] both = [.. panel.ByStrategy, .. panel.ByDirection];
        var (reach, kind) = (Reach(both), Kind(both));
        Table(output, panel.ByStrategy, Figures.Words, reach, kind);
        Table(output, panel.ByDirection, Figures.Text, reach, kind);
        Close(output, panel.ByStrategy);
        One(output, "By regime", panel.ByRegime);
        One(output, "By score bucket", panel.ByScoreBucket);
        output.Write("</div>\n");
    }

    public static void WriteSymbols(TextWriter output, PerformancePanel panel) =>
        One(output, "By symbol", panel.BySymbol);

    private static void One(TextWriter output, string title, IReadOnlyList<GroupStatistics> groups)
    {
        Open(output, title);
        Table(output, groups, Figures.Text, Reach(groups), Kind(groups));
        Close(output, groups);
    }

    private static void Open(TextWriter output, string title) => output.Write($"""
        <section class="panel"><div class="ph"><h2>{title}</h2>
        <span class="sub">net R per trade, 95 %</span></div><div class="pb tall">

        """);

    private static void Close(TextWriter output, IReadOnlyList<GroupStatistics> groups)
    {
        if (groups.Count == 0) output.Write("<p class=\"empty\">No trade closed.</p>");
        else
        {
            output.Write("""
                <p class="legend"><span class="up">●</span> above zero
                &nbsp; <span class="dn">●</span> below zero
                &nbsp; <span class="t1">●</span> holds 0 &nbsp; ○ fewer than 20</p>
                """);
        }

        output.Write("</div></section>\n");
    }

    private static void Table(
        TextWriter output, IReadOnlyList<GroupStatistics> groups, Func<string, string> name, double reach,
        string kind)
    {
        if (groups.Count == 0) return;
        var (left, right) = (Figures.Signed(-reach * 2 / 3, 1), Figures.Signed(reach * 2 / 3, 1));
        output.Write($"""
            <table class="{kind}"><thead><tr><th class="name"></th><th class="num n">n</th>
            <th class="axis"><span style="left:16.7%">{left}</span><span style="left:50%">0</span>
            <span style="left:83.3%">{right}</span></th>
            <th class="num r">R</th><th class="num rate">win rate, 95 %</th></tr></thead><tbody>

            """);
        foreach (var group in groups) Row(output, group, name(group.Name), reach);
        output.Write("</tbody></table>\n");
    }

    private static void Row(TextWriter output, GroupStatistics group, string name, double reach)
    {
        var (ci, few) = (group.ExpectancyRNetCi95, group.N < GroupStatistics.ProofFrom);
        var kind = few ? "small" : ci.Low > 0 ? "above" : ci.High < 0 ? "below" : "holds";
        output.Write($"<tr class=\"{kind}\" title=\"{Hint(group)}\"><td class=\"t1\">{name}</td>");
        output.Write($"<td class=\"num\">{Figures.Count(group.N)}</td><td class=\"axis\"><s></s>");
        if (ci.IsAvailable)
            output.Write($"<i style=\"left:{Css(Place(ci.Low))}%;right:{Css(100 - Place(ci.High))}%\"></i>");
        output.Write($"<b style=\"left:{Css(Place(group.ExpectancyRNet))}%\"></b></td>");
        output.Write($"<td class=\"num\"><b>{Figures.Signed(group.ExpectancyRNet)}</b></td>");
        output.Write($"<td class=\"num\">{Figures.Rate(group.WinRate)}</td></tr>\n");

        double Place(double value) => Math.Clamp(50 + (value / reach * 50), 1, 99);
        static string Css(double value) => value.ToString("F1");
    }

    private static string Hint(GroupStatistics group)
    {
        var ci = group.ExpectancyRNetCi95;
        var range = ci.IsAvailable ? $"; 95 % {Figures.Signed(ci.Low)} … {Figures.Signed(ci.High)} R" : "";
        var factor = double.IsFinite(group.ProfitFactorNet)
            ? $"; profit factor {Figures.Plain(group.ProfitFactorNet)}"
            : "; nothing lost";
        return $"{group.Wins} won, {group.BreakEvens} even, {group.Losses} lost{range}{factor}";
    }

    private static string Kind(IReadOnlyList<GroupStatistics> groups) =>
        groups.Any(g => g.Name.Length > LongName) ? "wh long" : "wh";

    /// <summary>Half of the axis: wide enough for every interval of enough trades, cut at 1.5 R.</summary>
    private static double Reach(IReadOnlyList<GroupStatistics> groups)
    {
        var widest = groups
            .Where(g => g.N >= GroupStatistics.ProofFrom && g.ExpectancyRNetCi95.IsAvailable)
            .Select(g => Math.Max(Math.Abs(g.ExpectancyRNetCi95.Low), Math.Abs(g.ExpectancyRNetCi95.High)))
            .DefaultIfEmpty(0.75)
            .Max();
        return Math.Clamp(Math.Ceiling(widest / 0.15) * 0.15, 0.3, 1.5);
    }
}

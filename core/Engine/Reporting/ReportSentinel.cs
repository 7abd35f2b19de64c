using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Reporting;

/// <summary>Rank correlation of the scores and of each of their parts with the result.</summary>
internal static class ReportSentinel
{
    public static void Write(TextWriter output, IReadOnlyList<ScoreSentinel> watched)
    {
        output.Write("""
            <section class="panel"><div class="ph"><h2>Score sentinel</h2><span class="sp"></span>
            <span class="sub">looks for inverted or dead parts</span></div><div class="pb tall flush">
            <table class="t"><thead><tr><th>Part</th><th class="num">n</th><th class="num">Fires</th>
            <th class="num">Missing</th><th class="num">Rank corr.</th><th>Verdict</th></tr></thead><tbody>

            """);
        foreach (var part in watched)
        {
            output.Write("<tr>");
            output.Write($"<td>{Name(part)}</td><td class=\"num\">{Figures.Count(part.N)}</td>");
            output.Write($"<td class=\"num\">{Figures.Share(part.FiresShare)}</td>");
            output.Write($"<td class=\"num\">{Figures.Share(part.UnavailableShare)}</td>");
            output.Write($"<td class=\"num\">{Figures.Signed(part.RankCorrelation)}</td>");
            output.Write($"<td>{Words(part.Verdict)}</td></tr>\n");
        }

        output.Write("</tbody></table></div></section>\n");
    }

    /// <summary>The page's name of a score scale.</summary>
    public static string Scale(string scale) => scale == ScoreScale.ActionPrice ? "Action Price" : "core";

    private static string Name(ScoreSentinel part) => part.Name == ScoreSentinel.Total
        ? $"<b>Total, {Scale(part.Scale)}</b>"
        : Figures.Text(part.Name);

    private static string Words(SentinelVerdict verdict) => verdict switch
    {
        SentinelVerdict.InOrder => "in order",
        SentinelVerdict.Inverted => "<span class=\"chip warn\">△ inverted</span>",
        SentinelVerdict.NeverFires => "<span class=\"chip warn\">△ never fires</span>",
        _ => "<span class=\"t3\">cannot say</span>",
    };
}

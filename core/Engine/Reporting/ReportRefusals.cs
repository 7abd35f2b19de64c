using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Reporting;

/// <summary>Every no with its number: refusals by reason, and the cost gate measured.</summary>
internal static class ReportRefusals
{
    public static void WriteReasons(TextWriter output, IReadOnlyList<RefusalCount> refusals)
    {
        var all = Figures.Count(refusals.Sum(r => (long)r.Count));
        output.Write($"""
            <section class="panel"><div class="ph"><h2>Refused, by reason</h2>
            <span class="sub">{all} setups never became a trade</span></div><div class="pb tall flush">

            """);
        if (refusals.Count == 0) output.Write("<p class=\"empty\">Nothing was refused.</p>");
        else Reasons(output, refusals);
        output.Write("</div></section>\n");
    }

    public static void WriteCostGates(TextWriter output, IReadOnlyList<CostGate> gates)
    {
        output.Write("""
            <section class="panel"><div class="ph"><h2>Cost gate, measured</h2>
            <span class="sub">a round trip may cost at most its set share of R</span></div>
            <div class="pb tall flush">

            """);
        if (gates.Count == 0) output.Write("<p class=\"empty\">No setup reached it, or it was off.</p>");
        else Gates(output, gates);
        output.Write("</div></section>\n");
    }

    private static void Reasons(TextWriter output, IReadOnlyList<RefusalCount> refusals)
    {
        output.Write("""
            <table class="t"><thead><tr><th>Reason</th><th class="num">Count</th><th class="bar"></th>
            <th>Example: value against threshold</th></tr></thead><tbody>

            """);
        foreach (var refusal in refusals)
        {
            output.Write($"<tr><td class=\"t1\">{Figures.Words(refusal.Reason)}</td>");
            output.Write($"<td class=\"num\">{Figures.Count(refusal.Count)}</td>");
            output.Write($"<td class=\"bar\">{Bar(refusal.Count, refusals[0].Count)}</td>");
            output.Write($"<td>{Example(refusal.Example)}</td></tr>\n");
        }

        output.Write("</tbody></table>\n");
    }

    private static string Example(RefusalExample? example) => example is null
        ? "<span class=\"na\">—</span>"
        : $"{Figures.Text(example.Predicate)} <b>{Number(example.Value)}</b> against "
            + $"<b>{Number(example.Threshold)}</b> <span class=\"t3\">{Figures.Text(example.Symbol)} "
            + $"{Figures.Words(example.Strategy)}, {Figures.Time(example.TimeMs)}</span>";

    private static string Number(double value) => value != 0 && Math.Abs(value) < 0.1
        ? Figures.Plain(value, 4)
        : Figures.Plain(value);

    private static void Gates(TextWriter output, IReadOnlyList<CostGate> gates)
    {
        output.Write("""
            <table class="t"><thead><tr><th>Strategy</th><th>Symbol</th><th class="num">Passed</th>
            <th class="num">Refused</th><th class="bar">passed</th></tr></thead><tbody>

            """);
        foreach (var gate in gates)
        {
            output.Write($"<tr><td>{Figures.Words(gate.Strategy)}</td><td>{Figures.Text(gate.Symbol)}</td>");
            output.Write($"<td class=\"num\">{Figures.Count(gate.Accepted)}</td>");
            output.Write($"<td class=\"num\">{Figures.Count(gate.Refused)}</td>");
            output.Write($"<td class=\"bar\">{Bar(gate.Accepted, gate.Accepted + gate.Refused)}</td></tr>\n");
        }

        output.Write("</tbody></table>\n");
    }

    private static string Bar(int part, int whole)
    {
        var percent = (100.0 * part / Math.Max(1, whole)).ToString("F1");
        return $"<span class=\"meter\"><i style=\"width:{percent}%\"></i></span>";
    }
}

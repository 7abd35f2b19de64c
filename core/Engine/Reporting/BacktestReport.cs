using System.Reflection;
using System.Text;

namespace FuturesBot.Engine.Reporting;

/// <summary>
/// <c>report.html</c>: one file that needs nothing else, asks the network for nothing (its own content policy
/// forbids it), and is byte-identical for equal input. Figures, tables and assumptions are plain HTML; the
/// script only draws the charts and the list of trades from the data embedded at the end.
/// </summary>
public static class BacktestReport
{
    // Inline style and script are all the page has; every fetch, frame and form is refused.
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

    public static void Write(Stream output, BacktestReportModel model)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var writer = new StreamWriter(output, utf8, bufferSize: 65_536, leaveOpen: true);
        Write(writer, model);
    }

    public static void Write(TextWriter output, BacktestReportModel model)
    {
        var facts = model.Summary.Facts;
        output.Write($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <title>Backtest · {Figures.Text(facts.Profile)} · FuturesBot</title>
            <style>
            {Asset("report.css")}</style></head><body><main>

            """.ReplaceLineEndings("\n"));
        ReportHead.Write(output, model);
        ReportCharts.Write(output, model.Summary.Panel);
        ReportGroups.Write(output, model.Summary.Panel);
        output.Write("<div class=\"g3\">\n");
        ReportRefusals.WriteReasons(output, model.Summary.Panel.Refusals);
        ReportGroups.WriteSymbols(output, model.Summary.Panel);
        ReportSentinel.Write(output, model.Summary.Panel.Sentinel);
        output.Write("</div>\n");
        ReportTrades.Write(output, model);
        ReportMethod.Write(output, model);
        output.Write("</main>\n<script type=\"application/json\" id=\"data\">");
        ReportData.Write(output, model);
        output.Write("</script>\n<script>\n");
        output.Write(Asset("report.js"));
        output.Write("</script></body></html>\n");
        output.Flush();
    }

    private static string Asset(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("report/" + name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource '{name}'");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

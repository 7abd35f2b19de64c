namespace FuturesBot.Engine.Reporting;

/// <summary>The frame of the trade list and of the chosen trade; the script fills both.</summary>
internal static class ReportTrades
{
    public static void Write(TextWriter output, BacktestReportModel model)
    {
        var (all, charted) = (model.Trades.Count, Math.Min(model.Charts.Count, TradeChart.TradesMax));
        var note = charted >= all
            ? "each with a chart"
            : $"{Figures.Count(charted)} of {Figures.Count(all)} with a chart: the first and the last";
        output.Write($"""
            <div class="gt"><section class="panel" id="trades"><div class="ph"><h2>Trades</h2>
            <span class="sub">{note}</span><span class="sp"></span><span class="sub" id="shown"></span></div>
            <div class="filters">
            <input id="f-text" type="search" placeholder="Symbol, strategy, regime, id …" aria-label="Filter">
            <select id="f-outcome" aria-label="Outcome"><option value="">all outcomes</option>
            <option value="2">won</option><option value="1">even</option>
            <option value="0">lost</option></select>
            <select id="f-side" aria-label="Direction"><option value="">both directions</option>
            <option value="1">long</option><option value="0">short</option></select>
            <select id="f-exec" aria-label="Execution"><option value="">primary and shadowed</option>
            <option value="p">primary</option><option value="s">shadowed</option></select></div>
            <div class="thead" id="thead" role="row"></div>
            <div class="list" id="list" tabindex="0" role="grid" aria-label="Trades; arrow keys choose one">
            <div id="space"><div id="rows"></div></div></div>
            <noscript><p class="empty">The list and the charts need a script; trades.jsonl has every
            trade.</p></noscript></section>
            <section class="panel" id="trade"><div class="ph"><h2 id="d-title">Trade</h2>
            <span class="sp"></span><span class="sub mono" id="d-sub"></span></div><div class="pb" id="d-body">
            <p class="empty">{(all == 0 ? "No trade closed." : "Choose a trade.")}</p></div></section></div>

            """);
    }
}

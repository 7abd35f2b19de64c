using FuturesBot.Adapters.Files;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Recording;

namespace FuturesBot.Local.Backtests;

/// <summary>One run from a folder of candles to its four files; for the command line and for the page.</summary>
internal static class BacktestFiles
{
    public const string Decisions = "decisions.jsonl";
    public const string Trades = "trades.jsonl";
    public const string Summary = "summary.json";
    public const string Report = "report.html";

    /// <param name="request">What to run.</param>
    /// <param name="source">Its candles.</param>
    /// <param name="folder">Exists; takes the files.</param>
    /// <param name="ledgerMax">Longest decisions.jsonl, bytes; a run that would write more fails.</param>
    public static (BacktestResult Result, Summary Summary) Write(
        BacktestRequest request, KlineFolder source, string folder, TimeProvider time,
        IProgress<BacktestProgress>? progress, CancellationToken cancel, long ledgerMax = long.MaxValue)
    {
        using Stream? ledger = request.Ledger == LedgerDepth.Off
            ? null
            : new BoundedFile(Path.Combine(folder, Decisions), ledgerMax);
        var result = new BacktestRunner(source, time).Run(request, ledger, progress, cancel);
        var summary = BacktestOutputs.SummaryOf(request, result);
        Write(Trades, stream => BacktestOutputs.WriteTrades(stream, result));
        Write(Summary, stream => BacktestOutputs.WriteSummary(stream, summary));
        Write(Report, stream => BacktestOutputs.WriteReport(stream, request, result, summary));
        return (result, summary);

        void Write(string name, Action<Stream> write)
        {
            using var stream = File.Create(Path.Combine(folder, name));
            write(stream);
        }
    }
}

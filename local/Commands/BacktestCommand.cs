using System.CommandLine;
using FuturesBot.Adapters.Files;
using FuturesBot.Domain;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Recording;

namespace FuturesBot.Local.Commands;

/// <summary><c>backtest</c>: the kernel over a folder of kline files.</summary>
internal static class BacktestCommand
{
    public static Command Create()
    {
        var data = Arguments.Folder("--data", "folder of kline files (.csv, .csv.gz, .zip)");
        var output = new Option<DirectoryInfo>("--out") { Description = "folder for the results", Required = true };
        var symbols = Arguments.Symbols();
        var from = Arguments.Time("--from", "first moment, UTC");
        var to = Arguments.Time("--to", "last moment, UTC: candles that close at or before it");
        var profile = Arguments.OneOf("--profile", "thresholds", "default", "default", "seed");
        var strategies = new Option<string?>("--strategies") { Description = "only these, separated by commas: " + string.Join(", ", StrategyCatalog.Names) };
        var rules = new Option<FileInfo?>("--rules") { Description = "exchangeInfo.json with ticks and steps" };
        var ledger = Arguments.OneOf("--ledger", "what decisions.jsonl holds", "lean", "lean", "full", "off");
        var json = new Option<bool>("--json") { Description = "print one JSON object and nothing else" };
        var command = new Command("backtest", "runs the kernel over recorded candles")
        {
            data, output, symbols, from, to, profile, strategies, rules, ledger, json,
        };
        command.SetAction((parsed, cancel) =>
        {
            var source = KlineFolder.Scan(parsed.GetValue(data)!.FullName);
            var request = new BacktestRequest
            {
                Options = KernelOptions.ForProfile(parsed.GetValue(profile)!),
                Symbols = parsed.GetValue(symbols) ?? [],
                FromMs = parsed.GetValue(from) ?? long.MinValue,
                ToMs = parsed.GetValue(to) ?? long.MaxValue,
                Ledger = Enum.Parse<LedgerDepth>(parsed.GetValue(ledger)!, ignoreCase: true),
            };
            var folder = Directory.CreateDirectory(parsed.GetValue(output)!.FullName);
            using var stream = request.Ledger == LedgerDepth.Off ? null : File.Create(Path.Combine(folder.FullName, "decisions.jsonl"));
            var result = new BacktestRunner(source, TimeProvider.System).Run(request, stream, null, cancel);
            Console.WriteLine($"{result.Facts.Candles} candles, {result.Facts.CandlesPerSecond:N0}/s, {result.DecisionBars} decision bars, {result.Trades.Count} trades, open {result.OpenAtEnd}");
            foreach (var t in result.Triggers) Console.WriteLine($"  trigger {t.Key}: {t.Value}");
            foreach (var t in result.Refusals) Console.WriteLine($"  refused {t.Reason}: {t.Count}");
            foreach (var t in result.Unavailable) Console.WriteLine($"  unavailable {t.Key}: {t.Value}");
            foreach (var g in result.Trades.GroupBy(t => t.Strategy)) Console.WriteLine($"  {g.Key}: n {g.Count()} net {g.Sum(t => t.PnlRNet):N1} R");
            return Task.FromResult(0);
        });
        return command;
    }
}

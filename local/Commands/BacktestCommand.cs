using System.CommandLine;
using System.Globalization;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Files;
using FuturesBot.Domain;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Recording;
using FuturesBot.Local.Backtests;
using Spectre.Console;

namespace FuturesBot.Local.Commands;

/// <summary><c>backtest</c>: the kernel over a folder of kline files.</summary>
internal static class BacktestCommand
{
    // Refused rows that are printed; the rest is counted.
    private const int RowErrorsShown = 20;

    private static readonly Option<DirectoryInfo> Data = Arguments.Folder("--data", "folder of kline files (.csv, .csv.gz, .zip)");
    private static readonly Option<DirectoryInfo> Output = new("--out") { Description = "folder for the results", Required = true };
    private static readonly Option<long?> From = Arguments.Time("--from", "first moment, UTC");
    private static readonly Option<long?> To = Arguments.Time("--to", "last moment, UTC: candles that close at or before it");
    private static readonly Option<string> Profile = Arguments.OneOf("--profile", "thresholds, instead of the configured ones", null, "default", "seed");
    private static readonly Option<FileInfo> Rules = Arguments.File("--rules", "exchangeInfo.json with the exchange's ticks and steps");
    private static readonly Option<string> Ledger = Arguments.OneOf("--ledger", "what decisions.jsonl holds", "lean", "lean", "full", "off");
    private static readonly Option<FileInfo?> Config = Configured.Option();
    private static readonly Option<bool> Json = new("--json") { Description = "print one JSON object and nothing else" };

    public static Command Create()
    {
        var symbols = Arguments.Symbols();
        var strategies = Arguments.Names("--strategies", "only these", StrategyCatalog.Names);
        var command = new Command("backtest", "runs the kernel over recorded candles")
        {
            Data, Output, symbols, From, To, Profile, strategies, Rules, Ledger, Config, Json,
        };
        command.SetAction((parsed, cancel) =>
        {
            KernelOptions options;
            try
            {
                options = Configured.Load(parsed.GetValue(Config), parsed.GetValue(Profile)).Kernel;
            }
            catch (ConfigurationException faults)
            {
                return Task.FromResult(parsed.Fail(faults.Message, Invocation.BadUsage));
            }

            var only = parsed.GetValue(strategies);
            var request = new BacktestRequest
            {
                Options = only is { Length: > 0 } ? options with { Strategies = options.Strategies.Only(only) } : options,
                Symbols = parsed.GetValue(symbols) ?? [],
                FromMs = parsed.GetValue(From) ?? long.MinValue,
                ToMs = parsed.GetValue(To) ?? long.MaxValue,
                Ledger = Enum.Parse<LedgerDepth>(parsed.GetValue(Ledger)!, ignoreCase: true),
            };
            return Task.FromResult(Run(parsed, request, cancel));
        });
        return command;
    }

    private static int Run(ParseResult parsed, BacktestRequest request, CancellationToken cancel)
    {
        var errors = new List<KlineRowError>();
        var refused = 0L;
        var rules = parsed.GetValue(Rules);
        try
        {
            var source = KlineFolder.Scan(parsed.GetValue(Data)!.FullName, new()
            {
                Rules = rules is null ? null : ExchangeInfoFile.Read(rules.FullName).Rules,
                OnRefused = error =>
                {
                    refused++;
                    if (errors.Count < RowErrorsShown) errors.Add(error);
                },
            });
            if (source.Series.Count == 0)
                return parsed.Fail($"There are no kline files in '{parsed.GetValue(Data)!.FullName}'; names such as BTCUSDT-15m.csv.gz are read");

            var folder = Directory.CreateDirectory(parsed.GetValue(Output)!.FullName).FullName;
            var (result, summary) = Live(request, source, folder, parsed.GetValue(Json), cancel);
            if (parsed.GetValue(Json)) parsed.InvocationConfiguration.Output.WriteLine(System.Text.Encoding.UTF8.GetString(SummaryJson.ToUtf8(summary)).Trim());
            else BacktestScreen.Print(result, summary, errors, refused, folder);
            return 0;
        }
        catch (InvalidDataException nothing)
        {
            if (!parsed.GetValue(Json)) BacktestScreen.PrintRefused(errors, refused);
            return parsed.Fail(nothing.Message);
        }
        catch (Exception wrong) when (wrong is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return parsed.Fail(wrong.Message);
        }
    }

    private static (BacktestResult Result, Summary Summary) Live(
        BacktestRequest request, KlineFolder source, string folder, bool quiet, CancellationToken cancel)
    {
        return quiet || Console.IsOutputRedirected
            ? BacktestFiles.Write(request, source, folder, TimeProvider.System, progress: null, cancel)
            : AnsiConsole.Status().Start(
                "reading",
                context => BacktestFiles.Write(request, source, folder, TimeProvider.System, new Told(context), cancel));
    }

    private sealed class Told(StatusContext context) : IProgress<BacktestProgress>
    {
        public void Report(BacktestProgress value) => context.Status(string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTimeOffset.FromUnixTimeMilliseconds(value.AtMs):yyyy-MM-dd HH:mm} · {value.Candles:N0} candles · {value.Trades:N0} trades"));
    }
}

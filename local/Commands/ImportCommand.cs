using System.CommandLine;
using FuturesBot.Adapters.Files;
using FuturesBot.Adapters.Sqlite;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Local.Running;
using Spectre.Console;
using Symbol = FuturesBot.Domain.Market.Symbol;

namespace FuturesBot.Local.Commands;

/// <summary>
/// <c>import</c>: kline files into the local store, with every refused row and every gap named.
/// </summary>
internal static class ImportCommand
{
    public const string ReportName = "import-report.jsonl";

    public static Command Create()
    {
        var data = Arguments.Folder(
            "--data", "folder of kline files (.csv, .csv.gz, .zip), with its subfolders");
        var state = new Option<string>("--state")
        {
            Description = "folder of the store",
            DefaultValueFactory = _ => "state",
        };
        var symbols = Arguments.Symbols();
        var json = new Option<bool>("--json") { Description = "print one JSON object and nothing else" };
        var command = new Command("import", "brings kline files into the local store")
        {
            data, state, symbols, json,
        };
        command.SetAction((parsed, cancel) => RunAsync(
            parsed,
            parsed.GetValue(data)!.FullName,
            Path.GetFullPath(parsed.GetValue(state)!),
            parsed.GetValue(symbols) ?? [],
            parsed.GetValue(json),
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, string data, string state, Symbol[] symbols, bool json, CancellationToken cancel)
    {
        if (File.Exists(state))
        {
            return parsed.Fail(
                $"--state was '{state}', which is a file; a folder is allowed", Invocation.BadUsage);
        }

        try
        {
            using var folder = StateFolder.TryTake(state);
            if (folder is null)
            {
                return parsed.Fail(
                    $"The state folder '{state}' is in use by another process; "
                        + "stop it, or choose another with --state",
                    Invocation.BadUsage);
            }

            var reportPath = Path.Combine(state, ReportName);
            var outcome = await ImportAsync(
                data, folder.StorePath, reportPath, symbols, parsed.IsWatched(json), cancel);
            var console = parsed.InvocationConfiguration.Output;
            if (json) console.WriteLine(ImportScreen.ToJson(outcome).ToJsonString());
            else ImportScreen.Print(outcome, console);
            return outcome.IsGood ? Invocation.Done : Invocation.Failed;
        }
        catch (Exception wrong) when (
            wrong is IOException or UnauthorizedAccessException or StoreUnavailableException)
        {
            return parsed.Fail(wrong.Message);
        }
    }

    private static async Task<ImportOutcome> ImportAsync(
        string data,
        string storePath,
        string reportPath,
        Symbol[] symbols,
        bool watched,
        CancellationToken cancel)
    {
        var (refused, times) = (new RefusedRows(), new RefusedTimes());
        using var file = new ImportReportFile(reportPath);
        var source = KlineFolder.Scan(data, new()
        {
            Symbols = symbols.Length == 0 ? null : symbols.ToHashSet(),
            OnRefused = row =>
            {
                refused.Add(row);
                times.Add(row);
                file.Refused(row);
            },
        });
        foreach (var skipped in source.Skipped) file.Skipped(skipped);
        using var store = SqliteStore.Open(storePath);
        var import = new CandleImport(source, store) { OnConflict = file.Conflict };
        var report = watched
            ? await WatchedAsync(import, source, cancel)
            : await import.RunAsync(cancel: cancel);
        var outcome = new ImportOutcome(data, storePath, reportPath, report, refused, times, source.Skipped);
        foreach (var series in report.Series) file.Series(series, outcome.HolesOf(series));
        return outcome;
    }

    /// <summary>
    /// A bar over the bytes of all files; a file's own share moves with the rows read of it.
    /// </summary>
    private static Task<ImportReport> WatchedAsync(
        CandleImport import, KlineFolder source, CancellationToken cancel)
    {
        var bytes = source.Series.ToDictionary(
            series => series,
            series => source.FilesOf(series).Sum(path => (double)new FileInfo(path).Length));
        var screen = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        return screen.Progress().StartAsync(context =>
        {
            var task = context.AddTask("reading", maxValue: Math.Max(1, bytes.Values.Sum()));
            return import.RunAsync(
                (series, candles) =>
                {
                    // A packed row has some 40 bytes; a plain one more, so that the bar only comes too early.
                    const double RowBytes = 40;
                    var before = source.Series.TakeWhile(other => other != series).Sum(other => bytes[other]);
                    task.Value = before + Math.Min(bytes[series], candles * RowBytes);
                    task.Description = Markup.Escape(
                        FormattableString.Invariant($"{series} {candles:N0} candles"));
                },
                cancel);
        });
    }
}

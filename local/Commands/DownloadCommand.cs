using System.CommandLine;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Binance.Vision;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Sqlite;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using FuturesBot.Local.Running;
using Spectre.Console;

namespace FuturesBot.Local.Commands;

/// <summary>
/// <c>download</c>: Binance Vision's candle files into the local store, or into a folder that <c>backtest --data</c> reads.
/// </summary>
internal static class DownloadCommand
{
    private const string DefaultFrames = "15m,1h,4h,1d";

    // Where files are while they are on their way: one that was cut off goes on the next time.
    private const string WorkFolder = "archive";

    public static Command Create()
    {
        var symbols = Arguments.Symbols();
        (symbols.Description, symbols.Required) = ("symbols, separated by commas", true);
        var frames = Arguments.Names("--frames", $"time frames ({DefaultFrames})", [.. TimeFrames.All.Select(frame => frame.Code())]);
        var from = Arguments.Time("--from", "beginning of the span, UTC; files are taken whole");
        from.Required = true;
        var until = Arguments.Time("--to", "end of the span, UTC (now)");
        var state = new Option<string?>("--state") { Description = "folder of the store (state)" };
        var output = new Option<string?>("--out") { Description = "keep the files themselves in this folder, instead of a store" };
        var config = Configured.Option();
        var json = new Option<bool>("--json") { Description = "print one JSON object and nothing else" };
        var command = new Command("download", "gets Binance Vision's candle files, checked, into the store or a folder")
        {
            symbols, frames, from, until, state, output, config, json,
        };
        command.SetAction((parsed, cancel) =>
        {
            var wanted = (parsed.GetValue(frames) ?? DefaultFrames.Split(',')).Select(TimeFrames.Parse).Distinct().ToArray();
            return RunAsync(
                new Wanted(
                    [.. parsed.GetValue(symbols)!.Distinct().SelectMany(symbol => wanted.Select(frame => new SeriesInfo(symbol, frame)))],
                    parsed.GetValue(from)!.Value,
                    parsed.GetValue(until),
                    parsed.GetValue(state),
                    parsed.GetValue(output),
                    parsed.GetValue(json)),
                parsed.GetValue(config),
                parsed,
                cancel);
        });
        return command;
    }

    private static async Task<int> RunAsync(Wanted wanted, FileInfo? config, ParseResult parsed, CancellationToken cancel)
    {
        var time = TimeProvider.System;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var span = (From: wanted.FromMs, To: Math.Min(wanted.ToMs ?? now, now), Now: now);
        if (Fault(wanted, span.From, span.To) is { } fault) return parsed.Fail(fault, Invocation.BadUsage);
        try
        {
            var bot = Configured.Load(config);
            using var http = VisionHttp.Create(
                bot.Exchange, ExchangeProxy.From(bot.Exchange, BotConfiguration.ProcessEnvironment()));
            var (address, limits) = (ExchangeAddresses.For(ExchangeVenue.Binance, bot.Exchange).Archive, new VisionLimits());
            var client = new VisionClient(http, address, limits, time);
            if (wanted.Out is { } files)
            {
                var folder = Path.GetFullPath(files);
                var report = await GetAsync(new VisionMirror(client, folder), bot, wanted, span, parsed, cancel);
                return Tell(new(address, folder, IsStore: false, report, []), wanted.Json, parsed);
            }

            var statePath = Path.GetFullPath(wanted.State ?? "state");
            using var state = StateFolder.TryTake(statePath);
            if (state is null)
            {
                return parsed.Fail(
                    $"The state folder '{statePath}' is in use by another process; stop it, or choose another with --state",
                    Invocation.BadUsage);
            }

            using var store = SqliteStore.Open(state.StorePath);
            var archive = new VisionArchive(client, Path.Combine(statePath, WorkFolder), limits);
            var stored = await GetAsync(new ArchiveToStore(archive, store, store), bot, wanted, span, parsed, cancel);
            return Tell(
                new(address, state.StorePath, IsStore: true, stored, await LookAsync(store, stored, span, cancel)), wanted.Json, parsed);
        }
        catch (ConfigurationException wrong)
        {
            return parsed.Fail(wrong.Message, Invocation.BadUsage);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or StoreUnavailableException)
        {
            return parsed.Fail(wrong.Message);
        }
    }

    private static string? Fault(Wanted wanted, long fromMs, long toMs) => wanted switch
    {
        { State: not null, Out: not null } => "--state and --out do not go together: the candles go into a store, or the files into a folder",
        { Series.Count: 0 } => "--symbols held no symbol",
        { Out: { } files } when File.Exists(files) => $"--out was '{files}', which is a file; a folder is allowed",
        { State: { } state } when File.Exists(state) => $"--state was '{state}', which is a file; a folder is allowed",
        _ when fromMs >= toMs => "--from has to be before --to, and not in the future",
        _ => null,
    };

    private static async Task<DownloadReport> GetAsync(
        IArchiveTaker taker, BotOptions bot, Wanted wanted, (long From, long To, long Now) span, ParseResult parsed,
        CancellationToken cancel)
    {
        var download = new ArchiveDownload(taker, bot.Ingestion.Loader, TimeProvider.System);
        if (!parsed.IsWatched(wanted.Json)) return await download.RunAsync(wanted.Series, span.From, span.To, span.Now, cancel: cancel);
        var screen = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        return await screen.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var task = context.AddTask("getting files");
                return download.RunAsync(
                    wanted.Series, span.From, span.To, span.Now,
                    progress =>
                    {
                        (task.MaxValue, task.Value) = (Math.Max(1, progress.Total), progress.Done);
                        task.Description = Markup.Escape($"{progress.Done} of {progress.Total} files, {progress.Last}");
                    },
                    cancel);
            });
    }

    /// <summary>What the store has between the first and the last file that is here.</summary>
    private static async Task<IReadOnlyList<SeriesIntegrity>> LookAsync(
        SqliteStore store, DownloadReport report, (long From, long To, long Now) span, CancellationToken cancel)
    {
        var all = new List<SeriesIntegrity>();
        foreach (var files in report.Files.Where(file => file.State is ArchiveState.Read or ArchiveState.Same).GroupBy(file => file.Series))
        {
            var (series, length) = (files.Key, files.Key.Frame.Ms());
            var to = series.Frame.OpenOf(Math.Min(span.To, files.Max(file => file.Period.ToMs)));
            var wanted = series.Frame.OpenOf(Math.Max(span.From, files.Min(file => file.Period.FromMs)) + length - 1);
            var candles = await store.ReadAsync(series, wanted, to, cancel: cancel);

            // A symbol that was listed later has nothing before: its first file begins with its first candle.
            var first = candles.Count > 0 ? series.Frame.OpenOf(candles[0].OpenTimeMs) : to;
            all.Add(SeriesIntegrity.Of(series, candles, first, Math.Max(first, to)));
        }

        return all;
    }

    private static int Tell(DownloadOutcome outcome, bool json, ParseResult parsed)
    {
        var console = parsed.InvocationConfiguration.Output;
        if (json) console.WriteLine(DownloadScreen.ToJson(outcome).ToJsonString());
        else DownloadScreen.Print(outcome, console);
        return outcome.IsGood ? Invocation.Done : Invocation.Failed;
    }

    private sealed record Wanted(IReadOnlyList<SeriesInfo> Series, long FromMs, long? ToMs, string? State, string? Out, bool Json);
}

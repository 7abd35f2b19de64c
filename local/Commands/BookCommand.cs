using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FuturesBot.Adapters.Files;
using FuturesBot.Domain.Market;
using Spectre.Console;

namespace FuturesBot.Local.Commands;

/// <summary><c>book</c>: replays a raw depth recording through the order book, a row per applied update.</summary>
internal static class BookCommand
{
    private const int FaultsShown = 20;
    private const int WriteBytes = 1 << 16;
    private const int UpdatesPerReport = 10_000;

    public static Command Create()
    {
        var recording = new Option<FileInfo>("--recording")
        {
            Description = "raw stream recording, plain or .gz: a line is `<nanoseconds> <message>`",
            Required = true,
            CustomParser = result =>
            {
                var file = new FileInfo(result.Tokens[0].Value);
                if (!file.Exists) result.AddError($"--recording was '{file.FullName}', which does not exist");
                return file;
            },
        };
        var output = new Option<FileInfo>("--out") { Description = "the .csv to write", Required = true };
        var json = new Option<bool>("--json") { Description = "print one JSON object and nothing else" };
        var command = new Command("book", "replays a depth recording through the order book")
        {
            recording, output, json,
        };
        command.SetAction((parsed, cancel) => Task.FromResult(Run(
            parsed, parsed.GetValue(recording)!, parsed.GetValue(output)!, parsed.GetValue(json), cancel)));
        return command;
    }

    private static int Run(
        ParseResult parsed, FileInfo recording, FileInfo output, bool json, CancellationToken cancel)
    {
        var wrongOut =
            Directory.Exists(output.FullName) ? "which is a folder; a file such as book.csv is allowed"
            : output.FullName == recording.FullName ? "which is the recording; another file is allowed"
            : null;
        if (wrongOut is not null)
            return parsed.Fail($"--out was '{output.FullName}', {wrongOut}", Invocation.BadUsage);

        try
        {
            output.Directory!.Create();
            var result = parsed.IsWatched(json)
                ? Screen().Status().Start("replaying", screen => Replay(parsed, recording, output, screen, cancel))
                : Replay(parsed, recording, output, screen: null, cancel);
            var console = parsed.InvocationConfiguration.Output;
            if (json) console.WriteLine(ToJson(result, output).ToJsonString());
            else Print(console, result, output);
            return result.IsInStep ? Invocation.Done : parsed.Fail($"{recording.FullName}: {result.Obstacle}");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return parsed.Fail(wrong.Message);
        }
    }

    private static DepthRecordingResult Replay(
        ParseResult parsed, FileInfo recording, FileInfo output, StatusContext? screen, CancellationToken cancel)
    {
        // A half-written table must not look like a whole one.
        var part = output.FullName + ".part";
        var error = parsed.InvocationConfiguration.Error;
        var (rows, faults) = (0L, 0L);
        try
        {
            DepthRecordingResult result;
            using (var writer = new StreamWriter(part, append: false, new UTF8Encoding(false), WriteBytes))
            {
                var table = new BookTable(writer);
                table.WriteHead();
                result = DepthRecordingReplay.Run(
                    recording.FullName,
                    sync =>
                    {
                        table.WriteRow(sync);
                        if (++rows % UpdatesPerReport == 0) screen?.Status(Progress(rows));
                    },
                    fault =>
                    {
                        if (++faults <= FaultsShown) error.WriteLine($"refused {recording.FullName}: {fault}");
                    },
                    cancel);
            }

            if (faults > FaultsShown)
                error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"… and {faults - FaultsShown:N0} more refused lines"));
            File.Move(part, output.FullName, overwrite: true);
            return result;
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static string Progress(long rows) =>
        string.Create(CultureInfo.InvariantCulture, $"replaying · {rows:N0} updates applied");

    // Progress goes to stderr: stdout stays free for pipes.
    private static IAnsiConsole Screen() =>
        AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });

    private static void Print(TextWriter console, DepthRecordingResult result, FileInfo output)
    {
        var about = string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Symbol?.Name ?? "no symbol"}: {result.Applied:N0} of {result.Updates:N0} updates applied, "
            + $"{result.Old:N0} old, {result.Gaps:N0} gaps, {result.Snapshots:N0} snapshots, {result.Faults:N0} lines refused");
        console.WriteLine($"{about}, {BookTable.NameOf(result.Trust)} → {output.FullName}");
    }

    private static JsonObject ToJson(DepthRecordingResult result, FileInfo output) => new()
    {
        ["out"] = output.FullName,
        ["symbol"] = result.Symbol?.Name,
        ["tick_size"] = FixedPoint.ToDecimal(result.TickSize),
        ["in_step"] = result.IsInStep,
        ["trust"] = BookTable.NameOf(result.Trust),
        ["obstacle"] = result.Obstacle,
        ["last_update_id"] = result.LastUpdateId,
        ["lines"] = result.Lines,
        ["updates"] = result.Updates,
        ["applied"] = result.Applied,
        ["old"] = result.Old,
        ["gaps"] = result.Gaps,
        ["resyncs"] = result.Resyncs,
        ["snapshots"] = result.Snapshots,
        ["refused"] = result.Faults,
    };
}

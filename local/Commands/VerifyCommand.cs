using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Files;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ledger;
using Spectre.Console;

namespace FuturesBot.Local.Commands;

/// <summary><c>verify</c>: checks a ledger's hash chain, and that its run comes out the same again.</summary>
internal static class VerifyCommand
{
    private const int HashChars = 64;
    private const int ReadBytes = 1 << 20;

    // Options and the rules of a thousand symbols have less than one.
    private const int HeaderBytesMax = 1 << 24;

    public static Command Create()
    {
        var ledger = new Argument<FileInfo?>("ledger")
        {
            Description = "decisions.jsonl",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result =>
            {
                var file = new FileInfo(result.Tokens[0].Value);
                if (!file.Exists) result.AddError($"The ledger '{file.FullName}' does not exist");
                return file;
            },
        };
        var data = new Option<DirectoryInfo>("--replay")
        {
            Description = "folder of the kline files of the run: runs it again and compares every line",
            CustomParser = result =>
            {
                var folder = new DirectoryInfo(result.Tokens[0].Value);
                if (!folder.Exists) result.AddError($"--replay was '{folder.FullName}', which is no folder");
                return folder;
            },
        };
        var root = new Option<string>("--root")
        {
            Description = "a hash as it was published, 12 digits or more: of a backtest's last line (ledger_hash in summary.json), "
                + "or of any line of a run (the daily message has the day's root and the last line's hash)",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (text.Length is < DayRoot.ShortChars or > HashChars || !text.All(char.IsAsciiHexDigit))
                    result.AddError($"--root was '{text}'; {DayRoot.ShortChars} to {HashChars} hex digits are allowed");
                return text;
            },
        };
        var storage = Arguments.OneOf("--storage", "checks the ledger that a run keeps in Azure Storage, and the roots of its days", fallback: null, "azurite", "azure");
        var prefix = new Option<string?>("--prefix") { Description = "what stands before its names, with --storage (storage.prefix)" };
        var copy = new Option<FileInfo?>("--copy") { Description = "writes its days into one file, with --storage" };
        var config = Configured.Option();
        var json = new Option<bool>("--json") { Description = "print one JSON object and nothing else" };
        var command = new Command("verify", "checks that a ledger was not edited, cut or reordered")
        {
            ledger, data, root, storage, prefix, copy, config, json,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var file = parsed.GetValue(ledger);
            if (parsed.GetValue(storage) is not { } kind)
            {
                return file is null
                    ? parsed.Fail("verify needs a ledger: a file, or --storage azurite for the one that a run keeps there", Invocation.BadUsage)
                    : Run(parsed, file, parsed.GetValue(data), parsed.GetValue(root), parsed.GetValue(json), cancel);
            }

            if (file is not null || parsed.GetValue(data) is not null || parsed.GetValue(root) is not null)
                return parsed.Fail("--storage checks what a run keeps there; a file, --replay and --root do not go with it", Invocation.BadUsage);
            try
            {
                var options = Configured.Load(parsed.GetValue(config)).Storage;
                options = options with { Kind = Enum.Parse<StorageKind>(kind, ignoreCase: true), Prefix = parsed.GetValue(prefix) ?? options.Prefix };
                return await StoredLedger.VerifyAsync(parsed, options, parsed.GetValue(copy), parsed.GetValue(json), cancel);
            }
            catch (ConfigurationException faults)
            {
                return parsed.Fail(faults.Message, Invocation.BadUsage);
            }
        });
        return command;
    }

    private static int Run(
        ParseResult parsed,
        FileInfo file,
        DirectoryInfo? data,
        string? root,
        bool json,
        CancellationToken cancel)
    {
        try
        {
            var finding = Check(parsed, file, data, root, parsed.IsWatched(json), cancel);
            var console = parsed.InvocationConfiguration.Output;
            if (json) console.WriteLine(finding.ToJson(file.FullName).ToJsonString());
            else finding.Print(console);
            return finding.IsGood ? Invocation.Done : Invocation.Failed;
        }
        catch (Exception wrong) when (
            wrong is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return parsed.Fail(wrong.Message);
        }
    }

    private static Finding Check(
        ParseResult parsed,
        FileInfo file,
        DirectoryInfo? data,
        string? root,
        bool watched,
        CancellationToken cancel)
    {
        using var ledger = new FileStream(
            file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, ReadBytes);
        var first = FirstLine(ledger);
        var ofRun = LedgerHeader.IsOpenEnded(first);
        ledger.Position = 0;
        var chain = LedgerVerifier.Verify(ledger, expectFooter: !ofRun, root);
        var given = ofRun && chain.IsWhole ? GivenLines(ledger) : null;
        ledger.Position = 0;
        var days = ofRun && chain.IsWhole ? LedgerDays.Read(ledger) : [];
        if (data is null || !chain.IsWhole) return new(chain, data is not null, null, null) { Given = given, Days = days };

        if (LedgerHeader.Read(first, out var header) is { } unreadable)
            return new(chain, Asked: true, null, $"The ledger cannot be replayed: {unreadable}") { Given = given, Days = days };

        var error = parsed.InvocationConfiguration.Error;
        var source = KlineFolder.Scan(
            data.FullName, new() { OnRefused = row => error.WriteLine($"refused {row}") });
        var replay = new LedgerReplay(source, TimeProvider.System);
        if (replay.MissingOf(header!) is { Count: > 0 } missing)
        {
            var lacks = $"the run read {string.Join(", ", missing)}, which '{data.FullName}' lacks";
            return new(chain, Asked: true, null, $"The ledger cannot be replayed: {lacks}");
        }

        ledger.Position = 0;
        var verdict = watched
            ? Screen().Status().Start(
                "replaying", context => replay.Run(header!, ledger, new Told(context), cancel))
            : replay.Run(header!, ledger, progress: null, cancel);
        return new(chain, Asked: true, verdict, null);
    }

    // How many lines of a whole chain say what came from outside. Its lines have one form, with the kind in third place.
    private static Dictionary<string, long> GivenLines(Stream ledger)
    {
        const string Before = "\"kind\":\"";
        var counts = new Dictionary<string, long>(StringComparer.Ordinal) { [LedgerKind.Listing] = 0, [LedgerKind.Halt] = 0, [LedgerKind.Context] = 0 };
        ledger.Position = 0;
        using var lines = new StreamReader(ledger, leaveOpen: true);
        while (lines.ReadLine() is { } line)
        {
            var from = line.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
            var kind = line[from..line.IndexOf('"', from)];
            if (counts.TryGetValue(kind, out var count)) counts[kind] = count + 1;
        }

        return counts;
    }

    // Progress goes to stderr: stdout stays free for pipes.
    private static IAnsiConsole Screen() =>
        AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });

    private static ReadOnlyMemory<byte> FirstLine(Stream ledger)
    {
        using var line = new MemoryStream();
        for (int next; line.Length < HeaderBytesMax && (next = ledger.ReadByte()) >= 0 && next != '\n';)
            line.WriteByte((byte)next);
        return line.ToArray();
    }

    /// <param name="Chain">What the hash chain says.</param>
    /// <param name="Asked">True when a replay was asked for.</param>
    /// <param name="Replay">What the replay says; null when there was none.</param>
    /// <param name="Obstacle">
    /// Why there was none although it was asked for; null when the chain is broken.
    /// </param>
    private sealed record Finding(LedgerVerdict Chain, bool Asked, ReplayVerdict? Replay, string? Obstacle)
    {
        /// <summary>
        /// By kind, the lines of a run that the chain protects and nothing recomputes; null of a backtest, and of a broken chain.
        /// </summary>
        public IReadOnlyDictionary<string, long>? Given { get; init; }

        /// <summary>Of a run, its UTC days; the last may go on.</summary>
        public IReadOnlyList<DayRoot> Days { get; init; } = [];

        public bool IsGood => Chain.IsWhole && (!Asked || Replay?.IsIdentical == true);

        public void Print(TextWriter console)
        {
            console.WriteLine(Chain);
            if (Given is not null)
            {
                console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"of a run: {string.Join(", ", Given.Select(kind => $"{kind.Value:N0} {kind.Key}"))} lines say what came from outside; the chain protects them, nothing recomputes them"));
            }

            if (Chain.RootSeq is { } seq) console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"line {seq:N0} has the hash that was asked for"));
            LedgerDaysText.Print(console, Days);
            if (!Asked) return;
            console.WriteLine(Replay switch
            {
                null when Obstacle is not null => Obstacle,
                null => "Not replayed: the ledger is not whole",
                { First: null } => string.Create(
                    CultureInfo.InvariantCulture,
                    $"replay: every one of {Replay.Lines:N0} lines came out identical"),
                { First: { } first } => string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    replay: line {first.Line} is the first that differs ({NameOf(first)})
                      recorded: {first.Recorded ?? "nothing: the ledger ends before it"}
                      replayed: {first.Replayed ?? "nothing: the replay ends before it"}
                    """),
            });
        }

        public JsonObject ToJson(string path) => new()
        {
            ["ledger"] = path,
            ["ok"] = IsGood,
            ["whole"] = Chain.IsWhole,
            ["lines"] = Chain.Last.Seq,
            ["root"] = Chain.Last.Hash,
            ["fault_line"] = Chain.FaultLine,
            ["fault"] = Chain.Fault,
            ["not_recomputed"] = Given is null ? null : new JsonObject(Given.Select(kind => KeyValuePair.Create(kind.Key, (JsonNode?)kind.Value))),
            ["root_line"] = Chain.RootSeq,
            ["day_roots"] = Days.Count == 0 ? null : LedgerDaysText.ToJson(Days),
            ["replay"] = !Asked ? null : new JsonObject
            {
                ["identical"] = Replay?.IsIdentical,
                ["lines"] = Replay?.Lines,
                ["obstacle"] = Obstacle ?? (Chain.IsWhole ? null : "the ledger is not whole"),
                ["first_difference"] = Replay?.First is not { } first ? null : new JsonObject
                {
                    ["line"] = first.Line,
                    ["recorded"] = first.Recorded,
                    ["replayed"] = first.Replayed,
                },
            },
        };

        /// <summary>Kind and time of the line, for people.</summary>
        private static string NameOf(ReplayDifference difference)
        {
            using var line = JsonDocument.Parse(difference.Recorded ?? difference.Replayed ?? "{}");
            var root = line.RootElement;
            var kind = root.TryGetProperty("kind", out var text) ? text.GetString()! : "unknown kind";
            return root.TryGetProperty("time", out var time) && time.TryGetInt64(out var ms)
                ? $"{kind} of {ImportReportFile.Time(ms)}"
                : kind;
        }
    }

    private sealed class Told(StatusContext context) : IProgress<BacktestProgress>
    {
        public void Report(BacktestProgress value) => context.Status(string.Create(
            CultureInfo.InvariantCulture,
            $"{ImportReportFile.Time(value.AtMs)} · {value.Candles:N0} candles"));
    }
}

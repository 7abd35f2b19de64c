using FuturesBot.Adapters.Files;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Recording;
using FuturesBot.Engine.Running;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Local.Tests.Commands;

public sealed class VerifyCommandTests : IDisposable
{
    private const int Bars = 3000;
    private const long Start = 1_735_689_600_000;

    private readonly TempFolder _folder = new();
    private readonly string _data;
    private readonly string _ledger;

    public VerifyCommandTests()
    {
        _data = Directory.CreateDirectory(_folder.In("data")).FullName;
        _ledger = _folder.In("decisions.jsonl");
        Data(bar => bar);
    }

    [Fact]
    public async Task Verify_OfAWholeLedger_EndsWith0AndTellsTheRoot()
    {
        var root = Backtest(new());

        var cli = await Cli.RunAsync("verify", _ledger, "--root", root, "--json");

        Assert.Equal((0, ""), (cli.Code, cli.Errors));
        Assert.True(cli.Json.GetProperty("whole").GetBoolean());
        Assert.Equal(root, cli.Json.GetProperty("root").GetString());
        Assert.Equal(File.ReadLines(_ledger).Count(), cli.Json.GetProperty("lines").GetInt64());
    }

    [Fact]
    public async Task Verify_OfARunWithChangedRulesAndAHalt_AcceptsTheChainAndNamesWhatNothingRecomputes()
    {
        WriteRun();

        var cli = await Cli.RunAsync("verify", _ledger);
        var json = (await Cli.RunAsync("verify", _ledger, "--json")).Json;

        Assert.Equal((0, ""), (cli.Code, cli.Errors));
        Assert.Contains("2 listing, 3 halt, 0 context lines", cli.Output, StringComparison.Ordinal);
        Assert.Contains("nothing recomputes them", cli.Output, StringComparison.Ordinal);
        Assert.True(json.GetProperty("ok").GetBoolean());
        Assert.Equal((2, 3), (
            json.GetProperty("not_recomputed").GetProperty("listing").GetInt64(), json.GetProperty("not_recomputed").GetProperty("halt").GetInt64()));
    }

    [Theory]
    [InlineData("\"TickSize\":0.1,", "\"TickSize\":0.2,")]
    [InlineData("\"halted\":false", "\"halted\":true")]
    public async Task Verify_OfARunWhoseRulesOrHaltWereEdited_EndsWith1(string written, string edited)
    {
        WriteRun();
        var text = File.ReadAllText(_ledger);
        Assert.Contains(written, text, StringComparison.Ordinal);
        File.WriteAllText(_ledger, text.Replace(written, edited, StringComparison.Ordinal));

        var cli = await Cli.RunAsync("verify", _ledger);

        Assert.Equal(1, cli.Code);
        Assert.Contains("was changed", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_OfARun_SaysWhyItCannotAndEndsWith1()
    {
        WriteRun();

        var cli = await Cli.RunAsync("verify", _ledger, "--replay", _data);

        Assert.Equal(1, cli.Code);
        Assert.Contains("2 listing, 3 halt", cli.Output, StringComparison.Ordinal);
        Assert.Contains("only a backtest can be lived through again", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OfARun_PrintsTheRootOfItsDaysAndFindsThePublishedLine()
    {
        WriteRun();
        var lines = File.ReadAllLines(_ledger);
        var root = lines[^1][^66..^2];

        var cli = await Cli.RunAsync("verify", _ledger, "--root", lines[2][^66..^54]);
        var json = (await Cli.RunAsync("verify", _ledger, "--json")).Json.GetProperty("day_roots");
        var other = await Cli.RunAsync("verify", _ledger, "--root", "0123456789ab");

        Assert.Equal((0, ""), (cli.Code, cli.Errors));
        Assert.Contains("line 3 has the hash that was asked for", cli.Output, StringComparison.Ordinal);
        Assert.Contains($"2025-01-01  {root[..12]}  6 lines, so far", cli.Output, StringComparison.Ordinal);
        Assert.Equal((root, 6L), (json[0].GetProperty("root").GetString(), json[0].GetProperty("lines").GetInt64()));
        Assert.Equal(1, other.Code);
        Assert.Contains("no line has the hash 0123456789ab", other.Output, StringComparison.Ordinal);
    }

    private void WriteRun()
    {
        using var file = File.Create(_ledger);
        using var ledger = new RunLedger(file, LedgerMark.Start);
        ledger.Begin(KernelOptions.Default, new("simulated", 1, "", Start, Start, Start), [new(Symbol.Btc, SymbolRules.FromTick(0.01m))]);
        ledger.Halt(Start + 900_000, new(Start, "by hand"));
        ledger.Listing(Start + 1_000_000, new(Symbol.Btc, SymbolRules.FromTick(0.1m)));
        ledger.Halt(Start + 1_800_000, halt: null);
        ledger.Listing(Start + 2_000_000, new(Symbol.Parse("ETHUSDT"), SymbolRules.FromTick(0.1m)));
        ledger.Halt(Start + 2_700_000, new(Start, "again"));
        ledger.Mark();
    }

    [Fact]
    public async Task Verify_OfAnEditedByte_NamesItsLine()
    {
        Backtest(new());
        var bytes = File.ReadAllBytes(_ledger);
        var line4 = NthLine(bytes, 4);
        bytes[line4 + 120] ^= 1;
        File.WriteAllBytes(_ledger, bytes);

        var cli = await Cli.RunAsync("verify", _ledger);

        Assert.Equal(1, cli.Code);
        Assert.StartsWith("line 4: ", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_AgainstAnotherRoot_EndsWith1()
    {
        Backtest(new());

        var cli = await Cli.RunAsync("verify", _ledger, "--root", new string('a', 64));

        Assert.Equal(1, cli.Code);
        Assert.Contains("expected aaaa", cli.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("default", LedgerDepth.Lean, false)]
    [InlineData("seed", LedgerDepth.Lean, false)]
    [InlineData("default", LedgerDepth.Full, true)]
    public async Task Replay_OverTheSameData_FindsEveryLineIdentical(
        string profile, LedgerDepth depth, bool isCut)
    {
        var request = new BacktestRequest { Options = KernelOptions.ForProfile(profile), Ledger = depth };
        if (isCut)
        {
            request = request with
            {
                FromMs = Start + (500 * TimeFrame.M15.Ms()),
                ToMs = Start + (2500 * TimeFrame.M15.Ms()),
                Options = request.Options with { Costs = request.Options.Costs with { Taker = 0.00040m } },
            };
        }

        Backtest(request);
        // What the run did not read must not change its replay.
        foreach (var (name, frame) in new[] { ("ETHUSDT-15m", TimeFrame.M15), ("BTCUSDT-5m", TimeFrame.M5) })
            KlineFiles.Write(Path.Combine(_data, name + ".csv"), GoldenMarket.Bars(50, frame, Start), frame);

        var cli = await Cli.RunAsync("verify", _ledger, "--replay", _data);

        Assert.True(cli.Code == 0, cli.Output + cli.Errors);
        Assert.Contains(
            FormattableString.Invariant(
                $"every one of {File.ReadLines(_ledger).Count():N0} lines came out identical"),
            cli.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_OverEditedData_NamesTheFirstLineThatDiffersInBothVersions()
    {
        const int Edited = 1800;
        Backtest(new());
        var atMs = Start + (Edited * TimeFrame.M15.Ms());
        Data(bar => bar.OpenTimeMs == atMs ? bar with { Volume = bar.Volume * 3 } : bar);

        var cli = await Cli.RunAsync("verify", _ledger, "--replay", _data, "--json");

        Assert.Equal(1, cli.Code);
        Assert.True(cli.Json.GetProperty("whole").GetBoolean());
        var first = cli.Json.GetProperty("replay").GetProperty("first_difference");
        var line = first.GetProperty("line").GetInt32();
        var recorded = first.GetProperty("recorded").GetString()!;
        var replayed = first.GetProperty("replayed").GetString()!;
        Assert.Equal(File.ReadLines(_ledger).ElementAt(line - 1), recorded);
        Assert.NotEqual(recorded, replayed);
        // The bar that closes with the edited candle, or a decision at the same time.
        var time = FormattableString.Invariant($"\"time\":{atMs + TimeFrame.M15.Ms()}");
        Assert.Contains(time, recorded + replayed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_OfMoreData_SaysWhereTheLedgerEnds()
    {
        Data(bar => bar, count: Bars - 100);
        Backtest(new());
        var lines = File.ReadLines(_ledger).Count();
        Data(bar => bar);

        var cli = await Cli.RunAsync("verify", _ledger, "--replay", _data);

        Assert.Equal(1, cli.Code);
        Assert.Contains(
            FormattableString.Invariant($"line {lines} is the first that differs (footer)"),
            cli.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_WithoutTheRunsFiles_SaysWhichAreMissing()
    {
        Backtest(new());
        File.Delete(Path.Combine(_data, "BTCUSDT-15m.csv.gz"));

        var cli = await Cli.RunAsync("verify", _ledger, "--replay", _data);

        Assert.Equal(1, cli.Code);
        Assert.Contains("the run read BTCUSDT 15m, which", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_OfALedgerWithoutAHeader_SaysSo()
    {
        using (var stream = File.Create(_ledger))
        using (var ledger = new LedgerWriter(stream))
        {
            ledger.Write(LedgerKind.Event, json => json.WriteNumber("time", 1));
            ledger.WriteFooter();
        }

        var cli = await Cli.RunAsync("verify", _ledger, "--replay", _data);

        Assert.Equal(1, cli.Code);
        Assert.Contains("its first line is not a header", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OfARunningSystemsLedger_WantsNoFooter()
    {
        using (var stream = File.Create(_ledger))
        using (var ledger = new LedgerWriter(stream))
        {
            ledger.Write(LedgerKind.Header, json => json.WriteString("run", "any"));
            ledger.Write(LedgerKind.Event, json => json.WriteNumber("time", 1));
        }

        var whole = await Cli.RunAsync("verify", _ledger);
        var replay = await Cli.RunAsync("verify", _ledger, "--replay", _data);

        Assert.Equal(0, whole.Code);
        Assert.StartsWith("whole so far: 2 lines", whole.Output, StringComparison.Ordinal);
        Assert.Equal(1, replay.Code);
        Assert.Contains("only a backtest can be lived through again", replay.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("does not exist", "verify", "no-such-ledger")]
    [InlineData("12 to 64 hex digits are allowed", "verify", "FuturesBot.Local.Tests.dll", "--root", "12")]
    [InlineData("which is no folder", "verify", "FuturesBot.Local.Tests.dll", "--replay", "no-such-folder")]
    [InlineData("verify needs a ledger", "verify")]
    public async Task Verify_OfBadUsage_EndsWith2AndSaysWhatIsWrong(string message, params string[] args)
    {
        var here = args.Select(arg =>
            arg.EndsWith(".dll", StringComparison.Ordinal)
                ? Path.Combine(AppContext.BaseDirectory, arg)
                : arg);

        var cli = await Cli.RunAsync([.. here]);

        Assert.Equal((2, ""), (cli.Code, cli.Output));
        Assert.Contains(message, cli.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static int NthLine(byte[] bytes, int line)
    {
        var at = 0;
        for (; line > 1; line--) at += bytes.AsSpan(at).IndexOf((byte)'\n') + 1;
        return at;
    }

    private void Data(Func<Candle, Candle> edit, int count = Bars) => KlineFiles.Write(
        Path.Combine(_data, "BTCUSDT-15m.csv.gz"),
        GoldenMarket.Bars(count, TimeFrame.M15, Start).Select(edit),
        TimeFrame.M15);

    /// <summary>Runs a backtest over the data; its root.</summary>
    private string Backtest(BacktestRequest request)
    {
        using var ledger = File.Create(_ledger);
        return new BacktestRunner(KlineFolder.Scan(_data), TimeProvider.System)
            .Run(request, ledger, progress: null, TestContext.Current.CancellationToken).Facts.LedgerHash!;
    }
}

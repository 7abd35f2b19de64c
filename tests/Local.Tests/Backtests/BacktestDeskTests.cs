using System.Text.Json;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Dashboard;
using FuturesBot.Domain.Market;
using FuturesBot.Local.Backtests;
using FuturesBot.Local.Tests.Commands;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FuturesBot.Local.Tests.Backtests;

public sealed class BacktestDeskTests : IDisposable
{
    private const int Bars = 1_500;
    private const long Start = 1_735_689_600_000;

    private readonly TempFolder _folder = new();
    private readonly SettingsStore _settings;

    public BacktestDeskTests()
    {
        Directory.CreateDirectory(_folder.In("data", "k"));
        KlineFiles.Write(_folder.In("data", "k", "BTCUSDT-15m.csv.gz"), GoldenMarket.Bars(Bars, TimeFrame.M15, Start), TimeFrame.M15);
        _settings = new(_folder.In("settings.json"), yaml: null, new Dictionary<string, string>(), TimeProvider.System);
        _settings.Start();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_OfAnOrder_RunsItToItsReportAndOutlivesTheDesk()
    {
        string id;
        using (var desk = Desk())
        {
            id = Queued(desk.Start(Order(overrides: """{"risk.risk_per_trade":0.02}"""), "ann")).Id;
            var done = await Until(desk, id, run => run.State == BacktestState.Done);

            Assert.Equal((Bars, 1.0, "ann"), ((int)done.Candles, done.Progress, done.User));
            Assert.True(done.CandlesPerSecond > 0);
            Assert.Equal(1, _settings.Trials);   // thresholds of its own are a trial
        }

        using var later = Desk();
        var run = later.Find(id)!;
        Assert.Equal((BacktestState.Done, true), (run.State, run.HasReport));
        Assert.Equal(Bars, later.Summary(id)!.Value.GetProperty("candles").GetInt32());
        Assert.Equal(Math.Max(0, Math.Min(3, run.Trades - 1)), later.Trades(id, offset: 1, limit: 3)!.Trades.Count);
        using var report = new StreamReader(later.OpenReport(id)!);
        Assert.StartsWith("<!doctype html>", await report.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        later.Remove(id);
        Assert.Null(later.Find(id));
        Assert.False(Directory.Exists(_folder.In("runs", id)));
    }

    [Fact]
    public void Start_BeyondTheQueue_IsRefusedAndARunThatWaitsCanBeEnded()
    {
        using var desk = Desk(new() { DataRoot = _folder.In("data"), WaitingMax = 1 });
        BacktestView? ended = null;
        // A run lasts moments: the last one may get its turn before it is ended. Then once more.
        for (var i = 0; i < 100 && ended is not { State: BacktestState.Cancelled }; i++)
        {
            string? last = null;
            BacktestStart answer;
            while ((answer = desk.Start(Order(ledger: "full"), "ann")) is BacktestStart.Queued queued) last = queued.Run.Id;
            Assert.Equal(1, Assert.IsType<BacktestStart.Full>(answer).WaitingMax);
            ended = last is null ? null : desk.Remove(last);
        }

        Assert.Equal(BacktestState.Cancelled, ended?.State);
        Assert.Null(desk.OpenReport(ended!.Id));
    }

    [Fact]
    public async Task Dispose_WithRunsLeft_SaysNextTimeThatTheyWereInterrupted()
    {
        string[] ids;
        using (var desk = Desk())
        {
            ids = [.. Enumerable.Range(0, 4).Select(_ => Queued(desk.Start(Order(ledger: "full"), "ann")).Id)];
            await Until(desk, ids[0], run => run.State != BacktestState.Queued);
        }

        using var later = Desk();
        var last = later.Find(ids[^1])!;
        Assert.Equal(BacktestState.Interrupted, last.State);
        Assert.Contains("The program ended", last.Error, StringComparison.Ordinal);
        Assert.Null(later.OpenReport(ids[^1]));
    }

    [Fact]
    public async Task Start_BeyondWhatIsKept_RemovesTheOldest()
    {
        using var desk = Desk(new() { DataRoot = _folder.In("data"), RunsKept = 1 });
        var first = Queued(desk.Start(Order(ledger: "off"), "ann")).Id;
        var second = Queued(desk.Start(Order(ledger: "off"), "ann")).Id;

        await Until(desk, second, run => run.State == BacktestState.Done);

        await Poll(() => desk.Find(first) is null);
        Assert.False(Directory.Exists(_folder.In("runs", first)));
    }

    [Theory]
    [InlineData("""{"risk.risk_per_trade":9}""", "risk.risk_per_trade", "0.0001 to 0.1")]
    [InlineData("""{"dashboard.port":81}""", "dashboard.port", "no part in decisions")]
    [InlineData("""{"risk.nothing":1}""", "risk.nothing", "no such setting")]
    [InlineData("""{"risk.risk_per_trade":[1]}""", "risk.risk_per_trade", "a number or a text")]
    public void Start_WithThresholdsThatAreNotAllowed_NamesThem(string overrides, string path, string problem)
    {
        using var desk = Desk();

        var refused = Assert.IsType<BacktestStart.Refused>(desk.Start(Order(overrides: overrides), "ann"));

        Assert.Contains(problem, string.Join(' ', refused.Faults[path]), StringComparison.Ordinal);
        Assert.Equal(0, _settings.Trials);
        Assert.Empty(desk.List());
    }

    [Fact]
    public void Start_OutsideTheDataRoot_IsABadFolder()
    {
        using var desk = Desk();

        Assert.IsType<BacktestStart.BadFolder>(desk.Start(new() { Data = "../runs" }, "ann"));
    }

    [Fact]
    public async Task Data_OfTheRoot_ListsFoldersSymbolsAndSpans()
    {
        using var desk = Desk();
        desk.Data();
        await Poll(() => !desk.Data().Reading);

        var folder = desk.Data().Folders.Single(folder => folder.Data == "k");

        var series = Assert.Single(folder.Series);
        Assert.Equal((Start, Start + (Bars * TimeFrame.M15.Ms()), Bars), (series.FromMs!.Value, series.ToMs!.Value, (int)series.Candles!.Value));
    }

    private BacktestDesk Desk(BacktestOptions? options = null) => new(
        _folder.In("runs"), _settings, options ?? new() { DataRoot = _folder.In("data"), WaitingMax = 8 }, TimeProvider.System, NullLogger.Instance);

    private static BacktestOrder Order(string ledger = "lean", string overrides = "{}") => new()
    {
        Data = "k",
        Ledger = ledger,
        Overrides = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(overrides)!,
    };

    private static BacktestView Queued(BacktestStart answer) => Assert.IsType<BacktestStart.Queued>(answer).Run;

    private static async Task<BacktestView> Until(BacktestDesk desk, string id, Func<BacktestView, bool> holds)
    {
        BacktestView? run = null;
        await Poll(() => (run = desk.Find(id)) is null || holds(run) || run.State == BacktestState.Failed);
        Assert.True(run is not null && holds(run), $"{id}: {run?.State} {run?.Error}");
        return run!;
    }

    private static async Task Poll(Func<bool> until)
    {
        for (var i = 0; i < 3_000 && !until(); i++) await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.True(until());
    }
}

using System.Text.Json;
using FuturesBot.Adapters.Sqlite;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Local.Commands;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Local.Tests.Commands;

public sealed class ImportCommandTests : IDisposable
{
    private const long Start = 1_735_689_600_000;   // 2025-01-01

    private readonly TempFolder _folder = new();

    private string Data => Directory.CreateDirectory(_folder.In("data")).FullName;

    private string State => _folder.In("state");

    [Fact]
    public async Task Import_OfCleanFiles_StoresEveryCandleAndEndsWith0()
    {
        var bars = GoldenMarket.Bars(300, TimeFrame.M5, Start);
        KlineFiles.Write(Path.Combine(Data, "BTCUSDT-5m.csv.gz"), bars, TimeFrame.M5);

        var cli = await Cli.RunAsync("import", "--data", Data, "--state", State, "--json");

        Assert.Equal((0, ""), (cli.Code, cli.Errors));
        Assert.True(cli.Json.GetProperty("clean").GetBoolean());
        Assert.Equal(300, cli.Json.GetProperty("candles_added").GetInt64());
        using var store = SqliteStore.Open(Path.Combine(State, "futuresbot.db"));
        var stored = await store.ReadAsync(
            new(Symbol.Btc, TimeFrame.M5), 0, long.MaxValue, cancel: TestContext.Current.CancellationToken);
        Assert.Equal(bars, stored);
    }

    [Fact]
    public async Task Import_Twice_AddsNothingTheSecondTime()
    {
        var bars = GoldenMarket.Bars(10, TimeFrame.M5, Start);
        KlineFiles.Write(Path.Combine(Data, "BTCUSDT-5m.csv"), bars, TimeFrame.M5);
        await Cli.RunAsync("import", "--data", Data, "--state", State);

        var cli = await Cli.RunAsync("import", "--data", Data, "--state", State, "--json");

        Assert.Equal(0, cli.Code);
        Assert.Equal(0, cli.Json.GetProperty("candles_added").GetInt64());
        Assert.Equal(10, cli.Json.GetProperty("already_there").GetInt64());
    }

    [Fact]
    public async Task Import_OfOtherValuesThanStored_NamesEachAndKeepsTheStored()
    {
        var bars = GoldenMarket.Bars(10, TimeFrame.M5, Start);
        var file = KlineFiles.Write(Path.Combine(Data, "BTCUSDT-5m.csv"), bars, TimeFrame.M5);
        await Cli.RunAsync("import", "--data", Data, "--state", State);
        bars[4] = bars[4] with { Volume = 7, TakerBuyVolume = 1 };
        KlineFiles.Write(file, bars, TimeFrame.M5);

        var cli = await Cli.RunAsync("import", "--data", Data, "--state", State);

        Assert.Equal(1, cli.Code);
        Assert.Contains(
            "1 candles stand in the store with other values",
            cli.Output,
            StringComparison.Ordinal);
        var conflict = Assert.Single(Report("conflict"));
        Assert.Equal("2025-01-01T00:20:00Z", conflict.GetProperty("open_time").GetString());
    }

    [Fact]
    public async Task Import_WithManyRefusedRows_Shows20AFileAndWritesAllDown()
    {
        var rows = GoldenMarket.Bars(40, TimeFrame.M5, Start)
            .Select((bar, i) => i % 2 == 0 ? KlineFiles.Row(bar, TimeFrame.M5) : $"{bar.OpenTimeMs}.0,1,2");
        var file = KlineFiles.Write(
            Path.Combine(Data, "BTCUSDT-5m.csv"),
            rows.Concat(Enumerable.Range(0, 10).Select(i => $"row {i}")));

        var cli = await Cli.RunAsync("import", "--data", Data, "--state", State);

        Assert.Equal(1, cli.Code);
        var shown = cli.Output.Split('\n')
            .Count(line => line.StartsWith("refused ", StringComparison.Ordinal));
        Assert.Equal(20, shown);
        Assert.Contains(
            $"refused {file}:3: the row has 3 columns, 12 are expected",
            cli.Output,
            StringComparison.Ordinal);
        Assert.Contains("… and 10 more of this file", cli.Output, StringComparison.Ordinal);
        Assert.Contains("30 × the row has … columns, … are expected", cli.Output, StringComparison.Ordinal);
        var refused = Report("refused");
        Assert.Equal(30, refused.Count);
        Assert.Equal(file, refused[0].GetProperty("file").GetString());
        Assert.Equal(3, refused[0].GetProperty("line").GetInt64());
        Assert.Equal(19, Report("gap").Count);   // between two whole rows stands a refused one
    }

    [Fact]
    public async Task Import_OfAHole_NamesItsEndsAndLength()
    {
        var bars = GoldenMarket.Bars(30, TimeFrame.M5, Start).Where((_, i) => i is < 10 or >= 14);
        KlineFiles.Write(Path.Combine(Data, "BTCUSDT-5m.csv"), bars, TimeFrame.M5);

        var cli = await Cli.RunAsync("import", "--data", Data, "--state", State);

        Assert.Equal(0, cli.Code);   // a fact of the market's history, no failure
        Assert.Contains(
            "gap from 2025-01-01T00:50:00Z to 2025-01-01T01:10:00Z: 4 missing",
            cli.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfRowsThatAreAllRefused_StillFindsTheHoleBetweenThem()
    {
        KlineFiles.Write(
            Path.Combine(Data, "BTCUSDT-5m.csv"),
            ["2025-01-01 00:00:00,1,2,1,2,3,1735689899999.0,,,,,", "2025-01-01 00:20:00,1,2,1,2,3,,,,,,"]);

        var cli = await Cli.RunAsync("import", "--data", Data, "--state", State);

        Assert.Equal(1, cli.Code);
        Assert.Contains(
            "open_time '2025-01-01 00:00:00' is not a whole number; "
                + "close_time '1735689899999.0' is not a whole number",
            cli.Output,
            StringComparison.Ordinal);
        Assert.Contains("close_time is missing: the row is cut short", cli.Output, StringComparison.Ordinal);
        Assert.Contains(
            "hole from 2025-01-01T00:05:00Z to 2025-01-01T00:20:00Z: 3 missing",
            cli.Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "Nothing usable: none of 2 rows became a candle",
            cli.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfChosenSymbols_ReadsNoOthers()
    {
        var bars = GoldenMarket.Bars(10, TimeFrame.M5, Start);
        foreach (var symbol in new[] { "BTCUSDT", "ETHUSDT" })
            KlineFiles.Write(Path.Combine(Data, symbol + "-5m.csv"), bars, TimeFrame.M5);

        var cli = await Cli.RunAsync(
            "import", "--data", Data, "--state", State, "--symbols", "ETHUSDT", "--json");

        var series = Assert.Single(cli.Json.GetProperty("series").EnumerateArray());
        Assert.Equal("ETHUSDT", series.GetProperty("symbol").GetString());
    }

    [Fact]
    public async Task Import_OfAnEmptyFolder_EndsWith1AndSaysWhichNamesAreRead()
    {
        File.WriteAllText(Path.Combine(Data, "prices.csv"), "1,2,3");

        var cli = await Cli.RunAsync("import", "--data", Data, "--state", State);

        Assert.Equal(1, cli.Code);
        Assert.Contains("names such as BTCUSDT-15m.csv.gz are read", cli.Output, StringComparison.Ordinal);
        Assert.Contains(
            "prices.csv: neither its name nor its folders say",
            cli.Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("does not exist", "import", "--data", "no-such-folder")]
    [InlineData("Option '--data' is required", "import")]
    [InlineData("--symbols held 'btc'", "import", "--data", ".", "--symbols", "btc")]
    public async Task Import_OfBadUsage_EndsWith2AndSaysWhatIsWrong(string message, params string[] args)
    {
        var cli = await Cli.RunAsync(args);

        Assert.Equal((2, ""), (cli.Code, cli.Output));
        Assert.Contains(message, cli.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfTheDirtyRecording_CountsEveryRowAndFindsTheHole()
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);

        var cli = await Cli.RunAsync(
            "import", "--data", SharedData.Path("klines-dirty"), "--state", State, "--json");

        Assert.Equal(1, cli.Code);
        Assert.Equal(2 * 9118, cli.Json.GetProperty("refused").GetInt64());
        Assert.Equal(2 * 9118, Report("refused").Count);
        Assert.Equal(
            [9109L, 9, 9109, 9],
            cli.Json.GetProperty("refused_by_reason").EnumerateArray()
                .Select(kind => kind.GetProperty("count").GetInt64()));
        Assert.Equal(
            [223L, 223], Report("gap_between_refused").Select(hole => hole.GetProperty("bars").GetInt64()));
    }

    [Fact]
    public async Task Import_OfTheRecordingWithGaps_ReportsAllOfThem()
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);

        var cli = await Cli.RunAsync(
            "import", "--data", SharedData.Path("klines-spot-1h-gaps"), "--state", State, "--json");

        Assert.Equal(0, cli.Code);
        Assert.Equal(26, cli.Json.GetProperty("gaps").GetInt32());
        Assert.Equal(121, cli.Json.GetProperty("missing_bars").GetInt32());
        Assert.Equal(33, Report("gap").Max(gap => gap.GetProperty("bars").GetInt32()));
    }

    public void Dispose() => _folder.Dispose();

    private List<JsonElement> Report(string kind) =>
        [.. File.ReadLines(Path.Combine(State, ImportCommand.ReportName))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("kind").GetString() == kind)];
}

using System.Globalization;
using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using FuturesBot.Local.Commands;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Local.Tests.Commands;

public sealed class IndicatorsCommandTests : IDisposable
{
    // 2025-01-01 09:00: bars 1405 to 1500 of 15m are then one whole UTC day, the "last 96" of spec 2.1.
    private const long Start = 1_735_722_000_000;

    private readonly TempFolder _folder = new();

    private string Out => _folder.In("out", "table.csv");

    [Fact]
    public async Task Indicators_OfTheGoldenMarket_AreTheGoldenVectors()
    {
        var input = Golden(1500);

        var cli = await Cli.RunAsync("indicators", "--input", input, "--out", Out);

        Assert.Equal((0, ""), (cli.Code, cli.Errors));
        var emaFile = _folder.In("emas.csv");
        var more = await Cli.RunAsync(
            "indicators", "--input", input, "--out", emaFile, "--set", "ema5,ema9,ema13,ema21,ema50");
        Assert.Equal(0, more.Code);
        var last = new Table(Out).Last();
        var emas = new Table(emaFile).Last();
        Assert.Equal(117.1831977722, emas["ema5"], 10);
        Assert.Equal(117.1416672542, emas["ema9"], 10);
        Assert.Equal(117.1539259469, emas["ema13"], 10);
        Assert.Equal(117.2391101091, last["ema20"], 10);
        Assert.Equal(117.2524287641, emas["ema21"], 10);
        Assert.Equal(117.3133881025, emas["ema50"], 10);
        Assert.Equal(115.0586456130, last["ema200"], 10);
        Assert.Equal(0.5661582135, last["atr14"], 10);
        Assert.Equal(18.2628443675, last["adx14"], 10);
        Assert.Equal(117.0, last["bb_middle"], 10);
        Assert.Equal(117.7957135163, last["bb_upper"], 10);
        Assert.Equal(116.2042864837, last["bb_lower"], 10);
        Assert.Equal(0.0136019405, last["bb_width"], 1e-10);
        Assert.Equal(116.8262243577, last["vwap_day"], 10);
        Assert.Equal(1.3698667612, last["vwap_day_upper1"] - last["vwap_day"], 10);
        Assert.Equal(530, last["cvd"], 10);
    }

    [Fact]
    public async Task Indicators_OfAFile_HaveARowPerCandleEmptyWhileWarmingUp()
    {
        await Cli.RunAsync("indicators", "--input", Golden(30), "--out", Out, "--set", "sma20,rsi14,macd");

        var lines = File.ReadAllLines(Out);
        Assert.Equal("open_time,sma20,rsi14,macd,macd_signal,macd_histogram", lines[0]);
        Assert.Equal(31, lines.Length);
        Assert.Equal(FormattableString.Invariant($"{Start},,,,,"), lines[1]);
        var table = new Table(Out);
        Assert.Equal(19, table.FirstOf("sma20"));
        Assert.Equal(14, table.FirstOf("rsi14"));
        Assert.Equal(25, table.FirstOf("macd"));
        Assert.Equal(-1, table.FirstOf("macd_signal"));
    }

    [Fact]
    public async Task Indicators_InTheFile_ReadBackBitByBit()
    {
        var bars = GoldenMarket.Bars(200, TimeFrame.M15, Start);
        await Cli.RunAsync("indicators", "--input", Golden(200), "--out", Out, "--set", "rsi14");

        var expected = new Rsi(14).Over(bars.Select(bar => bar.Close).ToArray());
        Assert.Equal(expected, Enumerable.Range(0, 200).Select(i => new Table(Out).Row(i)["rsi14"]));
    }

    [Fact]
    public async Task Indicators_OfAnUnknownName_EndWith2AndListTheNearestFirst()
    {
        var cli = await Cli.RunAsync(
            "indicators", "--input", Golden(5), "--out", Out, "--set", "ema20,rsx14");

        Assert.Equal((2, ""), (cli.Code, cli.Output));
        Assert.Contains("'rsx14' is unknown; nearest are rsi14,", cli.Errors, StringComparison.Ordinal);
        Assert.Contains("vwap_session_lower2", cli.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("'ema20'", cli.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Out));
    }

    [Theory]
    [InlineData("ema0", "'ema0' cannot be: periods was 0; allowed are 1 to 100000")]
    [InlineData("hma1", "'hma1' cannot be: periods was 1; allowed are 2 to 100000")]
    [InlineData("ema9999999", "'ema9999999' is unknown")]
    [InlineData(",", "--set named no indicator")]
    public async Task Indicators_OfAnImpossibleSet_EndWith2AndSayTheRange(string set, string message)
    {
        var cli = await Cli.RunAsync("indicators", "--input", Golden(5), "--out", Out, "--set", set);

        Assert.Equal(2, cli.Code);
        Assert.Contains(message, cli.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Indicators_WithRefusedRows_NameThemAndGoOn()
    {
        var rows = GoldenMarket.Bars(20, TimeFrame.M15, Start)
            .Select((bar, i) => i == 3 ? "x" : KlineFiles.Row(bar, TimeFrame.M15));
        var input = KlineFiles.Write(_folder.In("BTCUSDT-15m.csv"), rows);

        var cli = await Cli.RunAsync("indicators", "--input", input, "--out", Out, "--json");

        Assert.Equal(0, cli.Code);
        Assert.Contains($"refused {input}:5: the row has 1 columns", cli.Errors, StringComparison.Ordinal);
        Assert.Equal(19, cli.Json.GetProperty("candles").GetInt32());
        Assert.Equal(1, cli.Json.GetProperty("refused").GetInt32());
    }

    [Fact]
    public async Task Indicators_OfAFileWithoutAFrameInItsName_FindItInTheRows()
    {
        var input = KlineFiles.Write(
            _folder.In("prices.csv"), GoldenMarket.Bars(20, TimeFrame.H1, Start), TimeFrame.H1);

        var cli = await Cli.RunAsync("indicators", "--input", input, "--out", Out);

        Assert.Equal(0, cli.Code);
        Assert.Equal(21, File.ReadAllLines(Out).Length);
    }

    [Fact]
    public async Task Indicators_OfNoCandles_EndWith1AndWriteNothing()
    {
        var input = KlineFiles.Write(_folder.In("prices.csv"), ["1,2,3"]);

        var cli = await Cli.RunAsync("indicators", "--input", input, "--out", Out);

        Assert.Equal(1, cli.Code);
        Assert.Contains("the row has 3 columns, 12 are expected", cli.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Out));
    }

    [Fact]
    public void DefaultNames_AllTogether_AreKnownAndHaveDistinctColumns()
    {
        var asked = IndicatorRegistry.DefaultNames.Select(name =>
        {
            Assert.Null(IndicatorRegistry.Find(name, out var found));
            return found!;
        });

        var columns = new IndicatorTable(asked).Columns;

        Assert.Equal(columns.Distinct(StringComparer.Ordinal), columns);
        Assert.All(
            [
                "ema20", "ema200", "sma20", "rsi14", "atr14", "adx14", "macd", "macd_signal",
                "bb_upper", "bb_middle", "bb_lower",
            ],
            name => Assert.Contains(name, columns));
        Assert.All(IndicatorRegistry.Allowed, name => Assert.Null(IndicatorRegistry.Find(name, out _)));
    }

    public void Dispose() => _folder.Dispose();

    private string Golden(int count) =>
        KlineFiles.Write(
            _folder.In("BTCUSDT-15m.csv.gz"), GoldenMarket.Bars(count, TimeFrame.M15, Start), TimeFrame.M15);

    /// <summary>A written table.</summary>
    private sealed class Table(string path)
    {
        private readonly string[][] _rows = [.. File.ReadLines(path).Select(line => line.Split(','))];

        public Dictionary<string, double> Row(int index) => _rows[0].Zip(_rows[index + 1]).ToDictionary(
            cell => cell.First,
            cell => cell.Second.Length == 0
                ? double.NaN
                : double.Parse(cell.Second, CultureInfo.InvariantCulture),
            StringComparer.Ordinal);

        public Dictionary<string, double> Last() => Row(_rows.Length - 2);

        public int FirstOf(string column) =>
            Array.FindIndex(_rows[1..], row => row[Array.IndexOf(_rows[0], column)].Length > 0);
    }
}

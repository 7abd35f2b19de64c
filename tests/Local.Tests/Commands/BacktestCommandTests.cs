using FuturesBot.Domain.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Local.Tests.Commands;

public sealed class BacktestCommandTests : IDisposable
{
    private const int Bars = 3000;
    private const long Start = 1_735_689_600_000;

    private readonly TempFolder _folder = new();
    private readonly string _data;
    private readonly string _out;

    public BacktestCommandTests()
    {
        _data = Directory.CreateDirectory(_folder.In("data")).FullName;
        _out = _folder.In("out");
        KlineFiles.Write(Path.Combine(_data, "BTCUSDT-15m.csv.gz"), GoldenMarket.Bars(Bars, TimeFrame.M15, Start), TimeFrame.M15);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Backtest_OfAFolder_WritesItsFourFilesAndOneJsonObject()
    {
        var cli = await RunAsync();

        Assert.Equal((0, ""), (cli.Code, cli.Errors));
        Assert.Equal(Bars, cli.Json.GetProperty("candles").GetInt64());
        Assert.Equal("default", cli.Json.GetProperty("profile").GetString());
        Assert.Equal(
            ["decisions.jsonl", "report.html", "summary.json", "trades.jsonl"],
            Directory.GetFiles(_out).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Backtest_WithAConfiguredSwitch_DoesNotAskThatStrategy()
    {
        Assert.Equal(0, (await RunAsync()).Code);
        Assert.Contains("\"strategy\":\"ActionPrice\"", Ledger(), StringComparison.Ordinal);

        var cli = await RunAsync("--config", Config("strategies:\n  action_price:\n    enabled: false\n"));

        Assert.Equal(0, cli.Code);
        Assert.DoesNotContain("\"strategy\":\"ActionPrice\"", Ledger(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new string[0], "seed")]
    [InlineData(new[] { "--profile", "default" }, "default")]
    public async Task Backtest_WithAConfiguredProfile_TakesItUnlessTheCommandLineNamesOne(string[] named, string expected)
    {
        var cli = await RunAsync(["--config", Config("profile: seed\n"), .. named]);

        Assert.Equal(expected, cli.Json.GetProperty("profile").GetString());
    }

    [Fact]
    public async Task Backtest_WithAWrongConfiguration_EndsWith2AndNamesPathAndRange()
    {
        var cli = await RunAsync("--config", Config("risk:\n  risk_per_trade: 7\nnonsense: 1\n"));

        Assert.Equal((2, ""), (cli.Code, cli.Output));
        Assert.Contains("risk.risk_per_trade", cli.Errors, StringComparison.Ordinal);
        Assert.Contains("nonsense", cli.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backtest_OfRowsThatAreNoCandles_EndsWith1InWords()
    {
        KlineFiles.Write(Path.Combine(_data, "BTCUSDT-15m.csv.gz"), ["rubbish", "1,2,3"]);

        var cli = await RunAsync();

        Assert.Equal((1, ""), (cli.Code, cli.Output));
        Assert.Contains("could be read as a candle", cli.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backtest_OfATimeWithoutCandles_EndsWith1InWords()
    {
        var cli = await RunAsync("--from", "2030-01-01T00:00:00Z");

        Assert.Equal(1, cli.Code);
        Assert.Contains("No candle closes in the time asked for", cli.Errors, StringComparison.Ordinal);
    }

    private Task<Cli> RunAsync(params string[] more) =>
        Cli.RunAsync(["backtest", "--data", _data, "--out", _out, "--json", .. more]);

    private string Ledger() => File.ReadAllText(Path.Combine(_out, "decisions.jsonl"));

    private string Config(string text)
    {
        var path = _folder.In("bot.yaml");
        File.WriteAllText(path, text);
        return path;
    }
}

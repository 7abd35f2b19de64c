using FuturesBot.Adapters.Sqlite;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Local.Tests.Commands;

public sealed class DownloadCommandTests : IAsyncLifetime
{
    private const long Start = 1_755_388_800_000;   // 2025-08-17

    private readonly TempFolder _folder = new();
    private readonly Candle[] _bars = GoldenMarket.Bars(288, openTimeMs: Start);
    private VisionServer _archive = null!;

    private string State => _folder.In("state");

    public async ValueTask InitializeAsync()
    {
        _archive = await VisionServer.StartAsync();
        for (var day = 0; day < 3; day++) _archive.Publish(_bars[(day * 96)..((day + 1) * 96)], "BTCUSDT", TimeFrame.M15, $"2025-08-{17 + day}");
    }

    public async ValueTask DisposeAsync()
    {
        await _archive.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Download_ThreeDays_AreInTheStoreAndTheSecondTimeNothingIsRead()
    {
        var first = await DownloadAsync("--state", State, "--json");
        _archive.Asked.Clear();
        var second = await DownloadAsync("--state", State, "--json");

        Assert.Equal((0, ""), (first.Code, first.Errors));
        Assert.Equal((3, 288), (first.Json.GetProperty("got").GetInt32(), first.Json.GetProperty("candles_added").GetInt64()));
        var series = first.Json.GetProperty("series")[0];
        Assert.Equal(
            ("2025-08-17T00:00:00Z", "2025-08-20T00:00:00Z", 0),
            (series.GetProperty("from").GetString(), series.GetProperty("to").GetString(), series.GetProperty("missing_bars").GetInt64()));
        Assert.Equal(_bars, await StoredAsync());
        Assert.Equal((3, 0), (second.Json.GetProperty("already_there").GetInt32(), second.Json.GetProperty("got").GetInt32()));
        Assert.All(_archive.Asked, path => Assert.EndsWith(".CHECKSUM", path));
    }

    [Fact]
    public async Task Download_IntoAFolder_IsReadByABacktest()
    {
        var cli = await DownloadAsync("--out", _folder.In("files"));
        var backtest = await Cli.RunAsync("backtest", "--data", _folder.In("files"), "--out", _folder.In("out"), "--json");

        Assert.Equal(0, cli.Code);
        Assert.Contains("3 files got", cli.Output);
        Assert.Equal(0, backtest.Code);
        Assert.Equal(288, backtest.Json.GetProperty("candles").GetInt64());
    }

    [Fact]
    public async Task Download_FileIsBroken_IsNamedAndTheOthersAreThereAndItComesTheNextTime()
    {
        _archive.Broken["2025-08-18.zip"] = 500;
        var broken = await DownloadAsync("--state", State);
        _archive.Broken.Clear();
        var mended = await DownloadAsync("--state", State);

        Assert.Equal(1, broken.Code);
        Assert.Contains("not got BTCUSDT 15m 2025-08-18: ", broken.Output);
        Assert.Contains("answered 500", broken.Output);
        Assert.Contains("gap from 2025-08-18T00:00:00Z to 2025-08-19T00:00:00Z: 96 missing", broken.Output);
        Assert.Equal(0, mended.Code);
        Assert.Contains("1 files got, 2 were here already", mended.Output);
        Assert.Equal(_bars, await StoredAsync());
    }

    [Fact]
    public async Task Download_RevisedFile_IsSaid()
    {
        await DownloadAsync("--state", State);
        _archive.Publish([.. _bars[..96].Select((bar, i) => i == 3 ? bar with { Close = bar.Open } : bar)], "BTCUSDT", TimeFrame.M15, "2025-08-17");

        var cli = await DownloadAsync("--state", State);

        Assert.Equal(0, cli.Code);
        Assert.Contains("revised since: 2025-08-17", cli.Output);
        Assert.Contains("1 replaced", cli.Output);
    }

    [Fact]
    public async Task Download_UnknownSymbol_SaysThatThereIsNone()
    {
        var cli = await Cli.RunAsync(
            "download", "--symbols", "BTCUSTD", "--frames", "15m", "--from", "2025-08-17", "--to", "2025-08-20", "--state", State, "--config", Config());
        Assert.Equal(1, cli.Code);
        Assert.Contains("The archive has no file of BTCUSTD 15m in this span", cli.Output);
    }

    [Fact]
    public async Task Download_ArchiveIsAway_SaysSo()
    {
        var config = Config("http://127.0.0.1:1");
        var cli = await Cli.RunAsync(
            "download", "--symbols", "BTCUSDT", "--frames", "15m", "--from", "2025-08-17", "--to", "2025-08-20", "--state", State, "--config", config);
        Assert.Equal(1, cli.Code);
        Assert.Contains("cannot be reached", cli.Output);
    }

    [Theory]
    [InlineData("--symbols", "btc", "--from", "2025-08-17")]
    [InlineData("--symbols", "BTCUSDT")]
    [InlineData("--symbols", "BTCUSDT", "--from", "2025-08-17", "--to", "2025-08-01")]
    [InlineData("--symbols", "BTCUSDT", "--from", "2025-08-17", "--frames", "2h")]
    [InlineData("--symbols", "BTCUSDT", "--from", "2025-08-17", "--out", "a", "--state", "b")]
    public async Task Download_BadUsage_EndsWith2(params string[] args)
    {
        var cli = await Cli.RunAsync(["download", .. args]);
        Assert.Equal(2, cli.Code);
        Assert.NotEqual("", cli.Errors);
    }

    private Task<Cli> DownloadAsync(params string[] target) => Cli.RunAsync(
        ["download", "--symbols", "BTCUSDT", "--frames", "15m", "--from", "2025-08-17", "--to", "2025-08-20", "--config", Config(), .. target]);

    private string Config(string? archive = null)
    {
        var file = _folder.In("bot.yaml");
        File.WriteAllText(file, $"""
            exchange:
              archive: "{archive ?? _archive.Address}"
            ingestion:
              loader:
                retry1_seconds: 0.01
                retry2_seconds: 0.01
                retry3_seconds: 0.01
            """);
        return file;
    }

    private async Task<IReadOnlyList<Candle>> StoredAsync()
    {
        using var store = SqliteStore.Open(Path.Combine(State, "futuresbot.db"));
        return await store.ReadAsync(new SeriesInfo(Symbol.Btc, TimeFrame.M15), 0, long.MaxValue);
    }
}

using FuturesBot.Adapters.Files;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;
using static FuturesBot.Adapters.Tests.Files.KlineText;

namespace FuturesBot.Adapters.Tests.Files;

public sealed class KlineFolderTests : IDisposable
{
    private static readonly SeriesInfo Btc5m = new(Symbol.Btc, TimeFrame.M5);
    private static readonly Candle[] Bars = GoldenMarket.Bars(1000, TimeFrame.M5, Start);

    private readonly TempFolder _folder = new();
    private readonly List<KlineRowError> _refused = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("BTCUSDT-5m.csv", "BTCUSDT", TimeFrame.M5)]
    [InlineData("BTCUSDT-1d-2025-01.zip", "BTCUSDT", TimeFrame.D1)]
    [InlineData("BTCUSDT_5m.raw.csv.gz", "BTCUSDT", TimeFrame.M5)]
    [InlineData("BTCUSDT_260327-4h.csv", "BTCUSDT_260327", TimeFrame.H4)]
    [InlineData("1000PEPEUSDT-15m.csv.gz", "1000PEPEUSDT", TimeFrame.M15)]
    [InlineData("data/futures/um/monthly/klines/ETHUSDT/1h/ETHUSDT-1h-2025-01.zip", "ETHUSDT", TimeFrame.H1)]
    [InlineData("klines/ETHUSDT/1h/part-00.csv", "ETHUSDT", TimeFrame.H1)]
    public void TryParse_NameOfAKlineFile_GivesSymbolAndFrame(string path, string symbol, TimeFrame frame)
    {
        Assert.True(KlineFileName.TryParse(path, out var series));
        Assert.Equal(new SeriesInfo(Symbol.Parse(symbol), frame), series);
    }

    [Theory]
    [InlineData("BTCUSDT-3m.csv")]
    [InlineData("BTCUSDT-1mo-2025.zip")]
    [InlineData("btc-5m.csv")]
    [InlineData("QUALITY.csv")]
    public void TryParse_AnotherName_GivesNothing(string path) => Assert.False(KlineFileName.TryParse(path, out _));

    [Fact]
    public void Scan_FlatAndVisionFoldersTogether_GroupsBySeriesAndNamesTheRest()
    {
        foreach (var name in (string[])
                 [
                     "ETHUSDT-5m.csv", "BTCUSDT-1h.csv", "BTCUSDT-5m.csv", "notes.txt", "QUALITY.csv",
                     "um/klines/BTCUSDT/5m/BTCUSDT-5m-2025-01.csv.gz",
                 ])
        {
            Write(_folder[name], "");
        }

        var folder = KlineFolder.Scan(_folder.Path);

        Assert.Equal("BTCUSDT 5m, BTCUSDT 1h, ETHUSDT 5m", string.Join(", ", folder.Series));
        Assert.Equal(2, folder.FilesOf(Btc5m).Count);
        Assert.Equal(_folder["QUALITY.csv"], Assert.Single(folder.Skipped).Path);
    }

    [Theory]
    [InlineData(TimeFrame.M1)]
    [InlineData(TimeFrame.M15)]
    [InlineData(TimeFrame.D1)]
    public void FrameOf_NamelessFile_IsTheOneItsRowsEndIn(TimeFrame frame)
    {
        Write(_folder["quotes.csv"], "no,row\n" + KlineText.File(GoldenMarket.Bars(3, frame, Start), frame, header: false));
        Assert.Equal(frame, KlineFileName.FrameOf(_folder["quotes.csv"]));
    }

    [Fact]
    public void FrameOf_NoWholeRow_IsUnknown()
    {
        Write(_folder["quotes.csv"], Header);
        Assert.Null(KlineFileName.FrameOf(_folder["quotes.csv"]));
    }

    [Fact]
    public void Scan_NoSuchFolder_SaysSo() =>
        Assert.Throws<DirectoryNotFoundException>(() => KlineFolder.Scan(_folder["absent"]));

    [Fact]
    public void Open_FilesThatOverlap_GivesEachCandleOnceInOrder()
    {
        // The names sort against time, and the month's file covers the days'.
        Write(_folder["BTCUSDT-5m-c.csv"], KlineText.File(Bars[..300], TimeFrame.M5));
        Write(_folder["BTCUSDT-5m-b.csv.gz"], KlineText.File(Bars[200..800], TimeFrame.M5));
        Write(_folder["BTCUSDT-5m-a.zip"], KlineText.File(Bars[700..], TimeFrame.M5));
        Write(_folder["BTCUSDT-5m-d.csv"], KlineText.File(Bars[250..260], TimeFrame.M5));

        var (bars, counts) = Read(new());

        Assert.Equal(Bars, bars);
        Assert.Equal(new ReadCounts(Rows: 1210, Refused: 0, Duplicates: 210, Conflicts: 0), counts);
        Assert.Empty(_refused);
    }

    [Fact]
    public void Open_FilesThatDisagree_KeepsTheFirstAndReportsTheOther()
    {
        var other = Bars[..20];
        other[10] = other[10] with { Volume = 1e6 };
        Write(_folder["BTCUSDT-5m-a.csv"], KlineText.File(Bars[..20], TimeFrame.M5));
        Write(_folder["BTCUSDT-5m-b.csv"], KlineText.File(other, TimeFrame.M5));

        var (bars, counts) = Read(new());

        Assert.Equal(Bars[..20], bars);
        Assert.Equal(new ReadCounts(Rows: 40, Refused: 1, Duplicates: 19, Conflicts: 1), counts);
        var error = Assert.Single(_refused);
        Assert.Equal((_folder["BTCUSDT-5m-b.csv"], 12L), (error.File, error.Line));
        Assert.Contains("conflict", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FromAndTo_KeepsWhatOpensFromAndClosesUpTo()
    {
        Write(_folder["BTCUSDT-5m.csv"], KlineText.File(Bars, TimeFrame.M5));

        var (bars, _) = Read(new() { FromMs = Bars[100].OpenTimeMs, ToMs = Bars[200].OpenTimeMs });

        Assert.Equal(Bars[100..200], bars);
    }

    [Fact]
    public void RulesOf_NoExchangeInfo_InfersTheTickOfAllFilesWhateverIsRead()
    {
        var coarse = Bars.Select(bar => bar with { Open = 100, High = 100, Low = 100, Close = 100 }).ToArray();
        Write(_folder["BTCUSDT-5m-a.csv"], KlineText.File(coarse[..500], TimeFrame.M5));
        Write(_folder["BTCUSDT-5m-b.csv"], KlineText.File(Bars[500..], TimeFrame.M5));

        var all = KlineFolder.Scan(_folder.Path).RulesOf(Symbol.Btc);
        var cut = KlineFolder.Scan(_folder.Path, new() { ToMs = Bars[100].OpenTimeMs }).RulesOf(Symbol.Btc);

        Assert.Equal(new FoundRules(SymbolRules.FromTick(0.01m), RulesOrigin.Prices), all);
        Assert.Equal(all, cut);
    }

    [Fact]
    public void RulesOf_NoUsableRow_IsUnknown()
    {
        Write(_folder["BTCUSDT-5m.csv"], "nothing,here\n");
        Assert.Null(KlineFolder.Scan(_folder.Path).RulesOf(Symbol.Btc));
    }

    [Fact]
    public void RulesOf_ExchangeInfo_TakesTheFiltersAndLeavesOutWhatItCannotUse()
    {
        System.IO.File.WriteAllText(_folder["info.json"], """
            {"symbols":[{"symbol":"BTCUSDT","news":1,"filters":[{"filterType":"PRICE_FILTER","tickSize":"0.10"},
            {"filterType":"LOT_SIZE","stepSize":"0.001","minQty":"0.002","maxQty":"1000"},{"filterType":"X"},
            {"filterType":"MARKET_LOT_SIZE","maxQty":"120"},{"filterType":"MIN_NOTIONAL","notional":"100"}]},
            {"symbol":"ETHUSDT","filters":[]},{"pair":"?"}]}
            """);
        Write(_folder["BTCUSDT-5m.csv"], KlineText.File(Bars, TimeFrame.M5));
        var info = ExchangeInfoFile.Read(_folder["info.json"]);

        var rules = KlineFolder.Scan(_folder.Path, new() { Rules = info.Rules }).RulesOf(Symbol.Btc);

        Assert.Equal(new FoundRules(new(0.1m, 0.001m, 100m, 0.002m, 120m), RulesOrigin.ExchangeInfo), rules);
        Assert.Equal(2, info.LeftOut.Count);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"symbols\":{}}")]
    public void ExchangeInfo_SomethingElse_NamesTheFile(string text)
    {
        System.IO.File.WriteAllText(_folder["info.json"], text);
        Assert.Contains(
            _folder["info.json"],
            Assert.Throws<KlineFileException>(() => ExchangeInfoFile.Read(_folder["info.json"])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ExchangeInfo_OfTheTestNetwork_GivesRulesOfItsSymbols()
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);

        var info = ExchangeInfoFile.Read(SharedData.Path("exchange-info", "fapi_testnet_2025-03-06.json.gz"));

        Assert.Equal(438, info.Rules.Count + info.LeftOut.Count);
        Assert.Equal(0.1m, info.Rules[Symbol.Btc].TickSize);
        Assert.Equal(100m, info.Rules[Symbol.Btc].MinNotional);
    }

    [Fact]
    public void Read_RecordedKlines_HaveTheRowsThatTheirSurveyCounted()
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);
        var survey = System.IO.File.ReadLines(SharedData.Path("QUALITY.csv")).Skip(1).Select(line => line.Split(','));
        foreach (var line in survey)
        {
            var name = Path.GetFileName(line[0]);
            var file = Directory.GetFiles(SharedData.Root!, name, SearchOption.AllDirectories)
                .Single(path => KindOf(line[0]) == Path.GetFileName(Path.GetDirectoryName(path)));
            Assert.True(KlineFileName.TryParse(file, out var series), file);
            using var reader = new KlineFileReader(file, series!, _refused.Add);
            while (reader.TryRead(out _))
            {
            }

            Assert.Equal(long.Parse(line[2]), reader.Counts.Accepted);
        }

        Assert.Empty(_refused);
    }

    private static string KindOf(string surveyed) => surveyed.Split('/')[0] switch
    {
        "isda_um_klines_1m" => "klines-um-1m",
        "won_um_klines" => "klines-um-5m-15m",
        "quant_trade_spot_klines" => "klines-spot-1h-4h",
        "gnguyen_spot_klines" => "klines-spot-1h-gaps",
        "freq_stgy_spot_klines" => "klines-spot-1m",
        var other => other,
    };

    private (List<Candle> Bars, ReadCounts Counts) Read(KlineFolderOptions options)
    {
        var folder = KlineFolder.Scan(_folder.Path, options with { OnRefused = _refused.Add });
        using var reader = folder.Open(Btc5m);
        var bars = new List<Candle>();
        while (reader.TryRead(out var bar)) bars.Add(bar);
        return (bars, reader.Counts);
    }
}

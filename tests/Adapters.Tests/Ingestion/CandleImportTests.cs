using FuturesBot.Adapters.Files;
using FuturesBot.Adapters.Sqlite;
using FuturesBot.Adapters.Tests.Files;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Adapters.Tests.Ingestion;

public sealed class CandleImportTests : IDisposable
{
    private static readonly SeriesInfo Btc5m = new(Symbol.Btc, TimeFrame.M5);
    private static readonly Candle[] Bars = GoldenMarket.Bars(25_000, TimeFrame.M5, KlineText.Start);

    private readonly TempFolder _folder = new();
    private readonly SqliteStore _store;
    private readonly List<KlineRowError> _refused = [];

    public CandleImportTests() => _store = SqliteStore.Open(_folder["state/bot.db"]);

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Run_CleanFiles_StoresEveryCandleOnce()
    {
        KlineText.Write(_folder["data/BTCUSDT-5m.csv.gz"], KlineText.File(Bars, TimeFrame.M5));
        var progress = new List<long>();

        var first = await Import("data", progress);
        var again = await Import("data");

        Assert.True(first.IsClean);
        Assert.Equal(new AppendCounts(25_000, 0, 0), first.Stored);
        Assert.Equal(new AppendCounts(0, 25_000, 0), again.Stored);
        Assert.Equal(Bars, await _store.ReadAsync(Btc5m, 0, long.MaxValue));
        Assert.Equal([10_000L, 20_000L, 25_000L], progress);
    }

    [Fact]
    public async Task Run_HolesAndFaultyRows_ReportsEachAndRepairsNothing()
    {
        // Holes at a batch's edge and inside, one of them where a row is refused.
        var bars = Bars.Where((_, i) => i is not (>= 9_990 and < 10_005) and not 20_000).ToArray();
        var text = KlineText.File(bars, TimeFrame.M5, header: false).Split('\n');
        text[5] = text[5].Replace(".", ",");
        KlineText.Write(_folder["data/BTCUSDT-5m.csv"], string.Join('\n', text));

        var series = Assert.Single((await Import("data")).Series);

        Assert.Equal(
            [
                new(Bars[5].OpenTimeMs, Bars[6].OpenTimeMs, 1),
                new(Bars[9_990].OpenTimeMs, Bars[10_005].OpenTimeMs, 15),
                new(Bars[20_000].OpenTimeMs, Bars[20_001].OpenTimeMs, 1),
            ],
            series.Gaps);
        Assert.Equal(6, Assert.Single(_refused).Line);
        Assert.Equal(25_000 - 17, (await _store.ReadAsync(Btc5m, 0, long.MaxValue)).Count);
    }

    [Fact]
    public async Task Run_OtherValuesThanStored_AreConflictsAndNotClean()
    {
        await _store.AppendAsync(Btc5m, new[] { Bars[0] with { Volume = 1e6 } });
        KlineText.Write(_folder["data/BTCUSDT-5m.csv"], KlineText.File(Bars[..10], TimeFrame.M5));

        var report = await Import("data");

        Assert.Equal(new AppendCounts(9, 0, 1), report.Stored);
        Assert.False(report.IsClean);
    }

    [Fact]
    public async Task Run_DamagedArchive_IsNamedAndTheOthersAreImported()
    {
        KlineText.Write(_folder["data/BTCUSDT-5m.csv.gz"], KlineText.File(Bars, TimeFrame.M5));
        var bytes = File.ReadAllBytes(_folder["data/BTCUSDT-5m.csv.gz"]);
        File.WriteAllBytes(_folder["data/BTCUSDT-5m.csv.gz"], bytes[..(bytes.Length / 2)]);
        File.WriteAllBytes(_folder["data/ADAUSDT-5m.zip"], [1, 2, 3]);
        KlineText.Write(_folder["data/ETHUSDT-5m.csv"], KlineText.File(Bars[..10], TimeFrame.M5));

        var report = await Import("data");

        Assert.False(report.IsClean);
        Assert.Contains("ADAUSDT-5m.zip", report.Series[0].Fault, StringComparison.Ordinal);
        Assert.Contains("BTCUSDT-5m.csv.gz", report.Series[1].Fault, StringComparison.Ordinal);
        Assert.Null(report.Series[2].Fault);
        Assert.Equal(10, report.Series[2].Stored.Added);
    }

    [Fact]
    public async Task Run_SpotHoursWithGaps_FindsTheGapsOfTheSurvey()
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);
        var folder = SharedData.Path("klines-spot-1h-gaps");

        var series = Assert.Single((await ImportFrom(folder)).Series);

        // QUALITY.csv: 40,605 rows, 26 gaps, 121 bars missing; the longest is of 33 hours.
        Assert.Equal(40_605, series.Stored.Added);
        Assert.Equal(26, series.Gaps.Count);
        Assert.Equal(121, series.MissingBars);
        Assert.Equal(33, series.Gaps.Max(gap => gap.Bars));
        Assert.Empty(_refused);
    }

    [Fact]
    public async Task Run_DirtyFiles_RefusesEveryRowWithFileLineAndReason()
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);

        var report = await ImportFrom(SharedData.Path("klines-dirty"));

        Assert.Equal(2, report.Series.Count);
        Assert.Equal(2 * 9_118, report.Read.Rows);
        Assert.Equal(report.Read.Rows, report.Read.Refused);
        Assert.Equal(report.Read.Refused, _refused.Count);
        Assert.Equal(0, report.Stored.Added);
        Assert.Contains("open_time '2025-08-19 15:10:00' is not a whole number", _refused[0].Reason, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(2, 9_118).Select(line => (long)line), _refused.Take(9_118).Select(error => error.Line));
    }

    private Task<ImportReport> Import(string folder, List<long>? progress = null) =>
        ImportFrom(_folder[folder], progress);

    private Task<ImportReport> ImportFrom(string folder, List<long>? progress = null)
    {
        var source = KlineFolder.Scan(folder, new() { OnRefused = _refused.Add });
        return new CandleImport(source, _store).RunAsync((_, count) => progress?.Add(count));
    }
}

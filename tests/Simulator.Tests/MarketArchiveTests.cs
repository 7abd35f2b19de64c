using System.IO.Compression;
using System.Security.Cryptography;
using FuturesBot.Simulator.Market;
using Xunit;

namespace FuturesBot.Simulator.Tests;

public sealed class MarketArchiveTests
{
    private const long DayMs = 86_400_000;
    private const long HourMs = 3_600_000;
    private const long Start = 1_756_684_800_000;   // 2025-09-01T00:00Z
    private static readonly DateOnly First = new(2025, 9, 1);

    // Only asked, never moved: the tests of a class run one after the other.
    private static readonly MarketEngine Market = new(
        new GeneratedSource(11, Start, [.. GeneratedSymbols.Twelve.Take(2).Select(ListedSymbol.Of)]), new() { StartAtMs = Start + (37 * DayMs) });

    [Theory]
    [InlineData("/data/futures/um/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2025-09-03.zip", 1_440)]
    [InlineData("/data/futures/um/daily/klines/ETHUSDT/4h/ETHUSDT-4h-2025-09-03.zip", 6)]
    [InlineData("/data/futures/um/monthly/klines/ETHUSDT/15m/ETHUSDT-15m-2025-09.zip", 2_880)]
    [InlineData("/data/futures/um/monthly/klines/BTCUSDT/1m/BTCUSDT-1m-2025-09.zip", 43_200)]
    [InlineData("/data/futures/um/monthly/klines/BTCUSDT/1mo/BTCUSDT-1mo-2025-09.zip", 1)]
    [InlineData("/data/futures/um/daily/markPriceKlines/BTCUSDT/1h/BTCUSDT-1h-2025-10-01.zip", 24)]
    [InlineData("/data/futures/um/daily/indexPriceKlines/BTCUSDT/1h/BTCUSDT-1h-2025-10-01.zip", 24)]
    [InlineData("/data/futures/um/daily/metrics/BTCUSDT/BTCUSDT-metrics-2025-09-30.zip", 288)]
    [InlineData("/data/futures/um/monthly/fundingRate/BTCUSDT/BTCUSDT-fundingRate-2025-09.zip", 89)]
    public void Get_FileOfThePast_HoldsItsRowsAndMatchesItsChecksum(string path, int rows)
    {
        var archive = new VisionArchive(Market);
        Assert.True(archive.TryParse(path, out var key, out var isChecksum) && !isChecksum);
        Assert.True(archive.TryParse(path + ".CHECKSUM", out var same, out isChecksum) && isChecksum && same == key);

        var file = archive.Get(key)!;
        Assert.EndsWith("/" + file.Name, path, StringComparison.Ordinal);
        Assert.Equal($"{Convert.ToHexStringLower(SHA256.HashData(file.Zip.Span))}  {file.Name}\n", file.Checksum);
        var lines = Lines(file);
        var columns = lines[^1].Split(',').Length;
        Assert.Equal(rows, lines.Count(line => char.IsAsciiDigit(line[0])));
        Assert.All(lines, line => Assert.Equal(columns, line.Split(',').Length));
        Assert.Equal(file.Checksum, new VisionArchive(Market).Get(key)!.Checksum);
    }

    [Fact]
    public void Get_Klines_AreThoseOfTheMarketAndCanBeReplayed()
    {
        var archive = new VisionArchive(Market);
        var folder = Directory.CreateTempSubdirectory("simulator-archive-").FullName;
        try
        {
            for (var day = 0; day < 3; day++)
            {
                var file = archive.Get(new(1, ArchiveKind.Klines, KlineInterval.M1, First.AddDays(day), IsMonthly: false))!;
                File.WriteAllBytes(Path.Combine(folder, file.Name), file.Zip.ToArray());
            }

            using var replay = new MarketEngine(new KlineReplaySource(folder));
            replay.MoveTo(replay.EndMs!.Value, new MarketTape());
            foreach (var interval in (KlineInterval[])[KlineInterval.M1, KlineInterval.H4, KlineInterval.D1])
            {
                Assert.Equal(
                    Market.Klines(1, interval, Start, Start + (3 * DayMs) - 1, 1_500), replay.Klines(0, interval, Start, null, 1_500));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Get_HeadersOfManyDays_SomeHaveOneAndSomeHaveNone()
    {
        var archive = new VisionArchive(Market);
        var headers = Enumerable.Range(0, 30)
            .Select(day => archive.Get(new(0, ArchiveKind.Klines, KlineInterval.H1, First.AddDays(day), IsMonthly: false))!)
            .Count(file => Lines(file)[0].StartsWith("open_time", StringComparison.Ordinal));
        Assert.InRange(headers, 5, 25);
    }

    [Fact]
    public void Get_BeforeItIsPublished_IsNothing()
    {
        var market = new MarketEngine(
            new GeneratedSource(11, Start, [.. GeneratedSymbols.Twelve.Take(1).Select(ListedSymbol.Of)]), new() { StartAtMs = Start + (28 * DayMs) });
        var archive = new VisionArchive(market);
        var (day, month) = (new ArchiveKey(0, ArchiveKind.Klines, KlineInterval.H1, First.AddDays(28), false),
            new ArchiveKey(0, ArchiveKind.Klines, KlineInterval.H1, First, true));

        market.MoveTo(Start + (29 * DayMs) + (2 * HourMs), new MarketTape());
        Assert.Null(archive.Get(day));
        market.MoveTo(Start + (29 * DayMs) + (4 * HourMs), new MarketTape());
        Assert.NotNull(archive.Get(day));

        // September's files come on Monday, 6 October.
        market.MoveTo(Start + (35 * DayMs), new MarketTape());
        Assert.Null(archive.Get(month));
        market.MoveTo(Start + (35 * DayMs) + (10 * HourMs), new MarketTape());
        Assert.NotNull(archive.Get(month));
        Assert.Null(archive.Get(day with { Date = First.AddDays(-1) }));
        Assert.Null(archive.Get(day with { Interval = KlineInterval.W1 }));
    }

    [Fact]
    public void Revise_AFile_ChangesOneRowAndTheChecksum()
    {
        var archive = new VisionArchive(Market);
        var key = new ArchiveKey(0, ArchiveKind.Klines, KlineInterval.M5, First, IsMonthly: false);
        var before = archive.Get(key)!;
        archive.Revise(key);
        var after = archive.Get(key)!;

        Assert.NotEqual(before.Checksum, after.Checksum);
        Assert.Equal(1, Lines(before).Zip(Lines(after)).Count(pair => pair.First != pair.Second));
        Assert.Same(after, archive.Get(key));
    }

    [Fact]
    public void Get_AggTrades_AreThoseOfTheDay()
    {
        var archive = new VisionArchive(Market);
        var lines = Lines(archive.Get(new(0, ArchiveKind.AggTrades, default, First.AddDays(1), IsMonthly: false))!)
            .Where(line => char.IsAsciiDigit(line[0])).Select(line => line.Split(',')).ToArray();
        var day = Market.Klines(0, KlineInterval.D1, Start + DayMs, Start + DayMs, 1).Single();

        Assert.Equal(day.FirstTradeId.ToString(), lines[0][3]);
        Assert.Equal(day.LastTradeId.ToString(), lines[^1][4]);
        Assert.Equal(Market.Symbols[0].Quantity(day.Volume), lines.Sum(columns => decimal.Parse(columns[2])));
    }

    [Theory]
    [InlineData("/data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2025-09-03.zip")]
    [InlineData("/data/futures/um/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2025-09.zip")]
    [InlineData("/data/futures/um/daily/klines/BTCUSDT/1m/ETHUSDT-1m-2025-09-03.zip")]
    [InlineData("/data/futures/um/daily/klines/NOPEUSDT/1m/NOPEUSDT-1m-2025-09-03.zip")]
    [InlineData("/data/futures/um/daily/klines/BTCUSDT/2m/BTCUSDT-2m-2025-09-03.zip")]
    [InlineData("/data/futures/um/daily/metrics/BTCUSDT/1m/BTCUSDT-metrics-2025-09-03.zip")]
    [InlineData("/data/futures/um/monthly/klines/BTCUSDT/1M/BTCUSDT-1M-2025-09.zip")]
    [InlineData("x.zip")]
    [InlineData("")]
    public void TryParse_OtherAddresses_AreRefused(string path) =>
        Assert.False(new VisionArchive(Market).TryParse(path, out _, out _));

    private static List<string> Lines(ArchiveFile file)
    {
        using var zip = new ZipArchive(new MemoryStream(file.Zip.ToArray()));
        var entry = Assert.Single(zip.Entries);
        Assert.Equal(file.Name.Replace(".zip", ".csv", StringComparison.Ordinal), entry.Name);
        using var reader = new StreamReader(entry.Open());
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}

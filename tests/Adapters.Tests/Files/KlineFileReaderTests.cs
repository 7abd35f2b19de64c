using System.IO.Compression;
using System.Text;
using FuturesBot.Adapters.Files;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;
using static FuturesBot.Adapters.Tests.Files.KlineText;

namespace FuturesBot.Adapters.Tests.Files;

public sealed class KlineFileReaderTests : IDisposable
{
    private static readonly SeriesInfo Btc5m = new(Symbol.Btc, TimeFrame.M5);

    private readonly TempFolder _folder = new();
    private readonly List<KlineRowError> _refused = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("BTCUSDT-5m.csv", true, false)]
    [InlineData("BTCUSDT-5m.csv", false, true)]
    [InlineData("BTCUSDT-5m-2025-01.csv.gz", true, false)]
    [InlineData("BTCUSDT-5m-2025-01.csv.gz", false, true)]
    [InlineData("BTCUSDT-5m-2025-01-01.zip", true, true)]
    [InlineData("BTCUSDT-5m-2025-01-01.zip", false, false)]
    public void TryRead_WholeFile_GivesTheCandlesBitForBit(string name, bool header, bool micro)
    {
        var bars = GoldenMarket.Bars(3000, TimeFrame.M5, Start);
        Write(_folder[name], KlineText.File(bars, TimeFrame.M5, header, micro));

        Assert.Equal(bars, ReadAll(name));
        Assert.Empty(_refused);
    }

    [Fact]
    public void TryRead_WindowsLinesBomAndNoLastNewline_AreTheSameCandles()
    {
        var bars = GoldenMarket.Bars(5, TimeFrame.M5, Start);
        var text = '\uFEFF' + KlineText.File(bars, TimeFrame.M5).Replace("\n", "\r\n").TrimEnd();
        Write(_folder["a.csv"], text);

        Assert.Equal(bars, ReadAll("a.csv"));
        Assert.Empty(_refused);
    }

    [Fact]
    public void TryRead_EmptyOptionalColumns_AreUnavailableNotZero()
    {
        Write(_folder["a.csv"], $"{Start},1,2,1,2,0,{Start + 299_999},,,,,\n");

        var bar = Assert.Single(ReadAll("a.csv"));

        Assert.True(double.IsNaN(bar.QuoteVolume));
        Assert.True(double.IsNaN(bar.TakerBuyVolume));
        Assert.Equal(-1, bar.Trades);
    }

    [Theory]
    [InlineData("1735689600000.0,1,2,1,2,3,1735689899999,,,,,", "open_time '1735689600000.0' is not a whole number")]
    [InlineData("2025-01-01 00:00:00,1,2,1,2,3,1735689899999,,,,,", "open_time '2025-01-01 00:00:00' is not a whole number")]
    [InlineData("1735689600000,1,2,1,2,3,1735689899999.0,,,,,", "close_time '1735689899999.0' is not a whole number")]
    [InlineData("1735689600000,1,2,1,2,3,1735689659999,,,,,", "is not the last moment of the 5m candle")]
    [InlineData("1735689600000,1,2,1,2,3,,,,,,", "close_time is missing: the row is cut short")]
    [InlineData("1735689600000,1,2,1", "the row has 4 columns, 12 are expected")]
    [InlineData("1735689600000,1,2,1,2,3,1735689899999,,,,,,", "the row has 13 columns, 12 are expected")]
    [InlineData("1735689600000,,2,1,2,3,1735689899999,,,,,", "open is missing")]
    [InlineData("1735689600000,x,2,1,2,3,1735689899999,,,,,", "open 'x' is not a number")]
    [InlineData("1735689600000,1.2.3,2,1,2,3,1735689899999,,,,,", "open '1.2.3' is not a number")]
    [InlineData("1735689600000,NaN,2,1,2,3,1735689899999,,,,,", "open 'NaN' is not a number")]
    [InlineData("1735689600000,1,2,1,2,1e999,1735689899999,,,,,", "volume '1e999' is not a number")]
    [InlineData("1735689600000,-1,2,1,2,3,1735689899999,,,,,", "low 1 is above open -1")]
    [InlineData("1735689600000,3,2,1,2,3,1735689899999,,,,,", "high 2 is below open 3")]
    [InlineData("1735689600000,1,2,0,2,3,1735689899999,,,,,", "low 0 is not positive")]
    [InlineData("1735689600000,1,2,1,2,-3,1735689899999,,,,,", "volume -3")]
    [InlineData("1735689600000,1,2,1,2,3,1735689899999,,,4,,", "taker buy volume 4")]
    [InlineData("1735689600000,1,2,1,2,3,1735689899999,-1,,,,", "quote_volume -1 is below 0")]
    [InlineData("1735689600000,1,2,1,2,3,1735689899999,,7.0,,,", "count '7.0' is not a whole number")]
    [InlineData("1735689600001,1,2,1,2,3,1735689900000,,,,,", "is not aligned to 5m")]
    [InlineData("1735689600,1,2,1,2,3,1735689899,,,,,", "neither milliseconds nor microseconds")]
    [InlineData("1735689600000001,1,2,1,2,3,1735689900000000,,,,,", "is not a whole number of milliseconds")]
    [InlineData("99999999999999999999,1,2,1,2,3,1735689899999,,,,,", "is not a whole number")]
    [InlineData("", "the row is empty")]
    public void TryRead_FaultyRow_IsRefusedWithLineAndReasonAndTheRestIsRead(string row, string reason)
    {
        var bars = GoldenMarket.Bars(3, TimeFrame.M5, Start + 300_000);
        var lines = KlineText.File(bars, TimeFrame.M5).Split('\n').ToList();
        lines.Insert(1, row);
        Write(_folder["a.csv"], string.Join('\n', lines));

        Assert.Equal(bars, ReadAll("a.csv"));
        var error = Assert.Single(_refused);
        Assert.Equal(2, error.Line);
        Assert.Equal(_folder["a.csv"], error.File);
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
        Assert.Equal(row, error.Text);
    }

    [Fact]
    public void TryRead_RowsAgainOtherwiseOrLate_AreRefusedEachWithItsReason()
    {
        var bars = GoldenMarket.Bars(3, TimeFrame.M5, Start);
        Candle[] rows = [bars[0], bars[1], bars[1], bars[1] with { Volume = 1e6 }, bars[0], bars[2]];
        Write(_folder["a.csv"], KlineText.File(rows, TimeFrame.M5, header: false));

        Assert.Equal(bars, ReadAll("a.csv"));
        Assert.Equal([3L, 4L, 5L], _refused.Select(error => error.Line));
        Assert.Contains("line 2: duplicate", _refused[0].Reason, StringComparison.Ordinal);
        Assert.Contains("conflict", _refused[1].Reason, StringComparison.Ordinal);
        Assert.Contains("out of order", _refused[2].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_EndlessLine_IsRefusedWithoutHoldingIt()
    {
        var bars = GoldenMarket.Bars(2, TimeFrame.M5, Start);
        var text = Row(bars[0], TimeFrame.M5) + "\n" + new string('7', 1_000_000) + "\n" + Row(bars[1], TimeFrame.M5);
        Write(_folder["a.csv"], text);

        Assert.Equal(bars, ReadAll("a.csv"));
        var error = Assert.Single(_refused);
        Assert.Equal(2, error.Line);
        Assert.Contains("longer than 1024 bytes", error.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.csv.gz", 1)]
    [InlineData("a.csv.gz", 9)]
    [InlineData("a.csv.gz", 5000)]
    [InlineData("a.zip", 1)]
    [InlineData("a.zip", 5000)]
    public void TryRead_ArchiveCutShort_NamesTheFile(string name, int cutBytes)
    {
        Write(_folder[name], KlineText.File(GoldenMarket.Bars(2000, TimeFrame.M5, Start), TimeFrame.M5));
        var bytes = System.IO.File.ReadAllBytes(_folder[name]);
        System.IO.File.WriteAllBytes(_folder[name], bytes[..^cutBytes]);

        var thrown = Assert.Throws<KlineFileException>(() => ReadAll(name));
        Assert.Contains(_folder[name], thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.csv.gz", 1)]
    [InlineData("a.csv.gz", 2)]
    [InlineData("a.zip", 1)]
    [InlineData("a.zip", 2)]
    public void TryRead_DamagedByteInTheData_IsNeverReadAsWhole(string name, int seed)
    {
        Write(_folder[name], KlineText.File(GoldenMarket.Bars(2000, TimeFrame.M5, Start), TimeFrame.M5));
        var whole = System.IO.File.ReadAllBytes(_folder[name]);
        var random = new Random(seed);
        for (var i = 0; i < 30; i++)
        {
            var at = random.Next(200, whole.Length - 200);   // between the headers of both kinds
            var bytes = whole.ToArray();
            bytes[at] ^= (byte)random.Next(1, 256);
            System.IO.File.WriteAllBytes(_folder[name], bytes);

            var thrown = Record.Exception(() => ReadAll(name));
            Assert.True(thrown is KlineFileException, $"seed {seed}, byte {at}: {thrown?.ToString() ?? "read as whole"}");
        }
    }

    [Theory]
    [InlineData("bomb.csv.gz")]
    [InlineData("bomb.zip")]
    public void TryRead_Bomb_IsRefusedByItsRatio(string name)
    {
        Write(_folder[name], new string('\n', 20_000_000));

        var thrown = Assert.Throws<KlineFileException>(() => ReadAll(name));
        Assert.Contains("200 times its size", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("large.csv")]
    [InlineData("large.csv.gz")]
    [InlineData("large.zip")]
    public void TryRead_MoreBytesThanAllowed_IsRefused(string name)
    {
        Write(_folder[name], KlineText.File(GoldenMarket.Bars(2000, TimeFrame.M5, Start), TimeFrame.M5));

        var thrown = Assert.Throws<KlineFileException>(
            () => ReadAll(name, new KlineLimits { UnpackedBytesMax = 10_000 }));
        Assert.Contains("10000", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ZipWithTwoFiles_IsRefused()
    {
        using (var zip = new ZipArchive(System.IO.File.Create(_folder["a.zip"]), ZipArchiveMode.Create))
        {
            zip.CreateEntry("a.csv").Open().Dispose();
            zip.CreateEntry("b.csv").Open().Dispose();
        }

        var thrown = Assert.Throws<KlineFileException>(() => ReadAll("a.zip"));
        Assert.Contains("exactly one .csv", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.zip")]
    [InlineData("a.csv.gz")]
    public void Open_NotAnArchive_NamesTheFile(string name)
    {
        System.IO.File.WriteAllText(_folder[name], "open_time,open\n");

        Assert.Contains(_folder[name], Assert.Throws<KlineFileException>(() => ReadAll(name)).Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void TryRead_AnyDecimal_IsRoundedAsTheLibraryRounds(int seed)
    {
        var random = new Random(seed);
        var prices = Enumerable.Range(0, 500).Select(_ => RandomDecimal(random)).ToArray();
        var text = new StringBuilder();
        for (var i = 0; i < prices.Length; i++)
        {
            var open = Start + (i * 300_000L);
            text.Append($"{open},{prices[i]},{prices[i]},{prices[i]},{prices[i]},0,{open + 299_999},,,,,\n");
        }

        Write(_folder["a.csv"], text.ToString());
        var read = ReadAll("a.csv").Select(bar => BitConverter.DoubleToInt64Bits(bar.Close)).ToArray();
        var expected = prices.Select(price => BitConverter.DoubleToInt64Bits(double.Parse(price))).ToArray();

        Assert.True(read.SequenceEqual(expected), $"seed {seed}; refused: {string.Join("; ", _refused.Take(3))}");
    }

    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5];

    [Theory]
    [InlineData(new[] { "113652.0", "113830.5" }, "0.1")]
    [InlineData(new[] { "113652.00", "113830.00" }, "1")]
    [InlineData(new[] { "100", "1200", "90.0" }, "10")]
    [InlineData(new[] { "0.0097775", "0.009305" }, "0.0000001")]
    [InlineData(new[] { "1e-05", "0.0002" }, "0.00001")]
    [InlineData(new[] { "5.420", "5.500" }, "0.01")]
    public void TickSize_OfPrices_IsTheGreatestDecimalStepDividingAll(string[] prices, string tick)
    {
        var rows = prices.Select((p, i) => (p, open: Start + (i * 300_000L)))
            .Select(row => $"{row.open},{row.p},{row.p},{row.p},{row.p},0,{row.open + 299_999},,,,,");
        Write(_folder["a.csv"], string.Join('\n', rows));
        using var reader = new KlineFileReader(_folder["a.csv"], Btc5m);
        while (reader.TryRead(out _))
        {
        }

        Assert.Equal(decimal.Parse(tick), reader.TickSize);
    }

    [Fact]
    public void TickSize_RefusedRow_DoesNotCount()
    {
        Write(_folder["a.csv"], $"{Start},1.5,1.5,1.5,1.5,0,{Start + 299_999},,,,,\n{Start + 300_000},1.555,1.5,1.5,1.5,0,,,,,,\n");
        using var reader = new KlineFileReader(_folder["a.csv"], Btc5m);
        while (reader.TryRead(out _))
        {
        }

        Assert.Equal(0.1m, reader.TickSize);
    }

    [Fact]
    public void TryRead_ManyRows_AllocatesNothingPerRow()
    {
        Write(_folder["a.csv"], KlineText.File(GoldenMarket.Bars(20_000, TimeFrame.M5, Start), TimeFrame.M5));
        using var reader = new KlineFileReader(_folder["a.csv"], Btc5m);
        for (var i = 0; i < 1000; i++) reader.TryRead(out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) Assert.True(reader.TryRead(out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    private static string RandomDecimal(Random random)
    {
        var digits = random.Next(1, 22);
        var text = new StringBuilder().Append((char)('1' + random.Next(9)));
        for (var i = 1; i < digits; i++) text.Append((char)('0' + random.Next(10)));
        if (random.Next(4) > 0) text.Insert(random.Next(0, text.Length), text.Length > 18 ? "0." : ".");
        return text[0] == '.' ? "0" + text : text.ToString();
    }

    private List<Candle> ReadAll(string name, KlineLimits? limits = null)
    {
        using var reader = new KlineFileReader(_folder[name], Btc5m, _refused.Add, limits);
        var bars = new List<Candle>();
        while (reader.TryRead(out var bar)) bars.Add(bar);
        Assert.Equal(bars.Count, reader.Counts.Accepted);
        Assert.Equal(_refused.Count, reader.Counts.Refused);
        return bars;
    }
}

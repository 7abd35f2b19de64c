using System.Globalization;
using System.IO.Compression;
using FuturesBot.Domain.Market;
using FuturesBot.Simulator.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Simulator.Tests;

public sealed class MarketReplayTests : IDisposable
{
    private const long MinuteMs = 60_000;
    private const long Start = 1_759_276_800_000;
    private const string Header = "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("simulator-replay-").FullName;

    [Theory]
    [InlineData(".csv")]
    [InlineData(".csv.gz")]
    [InlineData(".zip")]
    public void TryRead_MinuteFiles_ReplaysThemExactly(string ending)
    {
        var generated = Generated(minutes: 3_000);
        foreach (var symbol in (int[])[0, 3])
        {
            var rows = generated.Klines(symbol, KlineInterval.M1, Start, null, 1_500).ToArray();
            Write(generated.Symbols[symbol], "1m-2025-10-01", ending, Header, rows[..700]);
            Write(generated.Symbols[symbol], "1m-2025-10-02", ending, "", rows[700..]);
        }

        using var replay = new MarketEngine(new KlineReplaySource(_folder));
        var tape = new MarketTape(MarketFeeds.AggTrades);
        replay.MoveTo(Start + (2_000 * MinuteMs), tape, sliceMs: 60_000);

        Assert.Equal((Start + (1_500 * MinuteMs), replay.NowMs), (replay.EndMs, replay.EndMs));
        Assert.Equal(["BTCUSDT", "BNBUSDT"], replay.Symbols.Select(symbol => symbol.Symbol.Name));
        for (var symbol = 0; symbol < 2; symbol++)
        {
            foreach (var interval in (KlineInterval[])[KlineInterval.M1, KlineInterval.M15, KlineInterval.H4])
            {
                var expected = generated.Klines(symbol * 3, interval, Start, Start + (1_439 * MinuteMs), 1_500).Select(WithoutIds);
                Assert.Equal(expected, replay.Klines(symbol, interval, Start, Start + (1_439 * MinuteMs), 1_500).Select(WithoutIds));
            }

            Assert.Equal(
                replay.Klines(symbol, KlineInterval.M1, null, null, 1_500).Sum(row => row.Volume),
                tape.Aggregates.Where(told => told.Symbol == symbol).Sum(told => told.Trade.Steps));
        }

        Assert.Null(replay.OpenInterest(0));
        Assert.Empty(replay.OpenInterestHistory(0, 5, null, null, 500));
    }

    [Theory]
    [InlineData(KlineInterval.M5)]
    [InlineData(KlineInterval.M15)]
    [InlineData(KlineInterval.H4)]
    public void TryRead_LongerCandles_AreSplitIntoMinutesThatAddUp(KlineInterval interval)
    {
        var generated = Generated(minutes: 2_880);
        var rows = generated.Klines(1, interval, Start, Start + (2_879 * MinuteMs), 1_500).ToArray();
        Write(generated.Symbols[1], interval.Code(), ".csv.gz", Header, rows);

        using var replay = new MarketEngine(new KlineReplaySource(_folder));
        replay.MoveTo(replay.EndMs!.Value, new MarketTape());

        var close = (KlineRow row) => (row.OpenMs, row.Open, row.High, row.Low, row.Close, row.Volume, row.Trades, row.TakerBuyVolume);
        Assert.Equal(rows.Select(close), replay.Klines(0, interval, null, null, 1_500).Select(close));
        Assert.Equal(1_500, replay.Klines(0, KlineInterval.M1, null, null, 1_500).Count);
        Assert.Equal(rows.Sum(row => row.QuoteVolume), replay.Klines(0, KlineInterval.D1, null, null, 9).Sum(row => row.QuoteVolume), 1e-3);
    }

    [Fact]
    public void TryRead_FilesWithoutTradesAndTakers_HasPlausibleOnes()
    {
        File.WriteAllText(Path.Combine(_folder, "ADAUSDT-5m.csv"), Header + string.Concat(Enumerable.Range(0, 50).Select(i =>
            $"{Start + (i * 5 * MinuteMs)},0.80{i:00},0.8{i + 20:00}0,0.7{i:00}0,0.8{i:00}5,{1_000 + i}.0,{Start},,,,,\n")));
        using var replay = new MarketEngine(new KlineReplaySource(_folder));
        replay.MoveTo(replay.EndMs!.Value, new MarketTape());

        var rows = replay.Klines(0, KlineInterval.M5, null, null, 100);
        Assert.Equal(50, rows.Count);
        Assert.All(rows, row => Assert.True(row.TakerBuyVolume > 0.25 * row.Volume && row.TakerBuyVolume < 0.75 * row.Volume && row.Trades > 0));
        Assert.Equal([0.0001m, 1m], [replay.Symbols[0].TickSize, replay.Symbols[0].StepSize]);
    }

    [Fact]
    public void TryRead_BadRowsAndGaps_AreReportedAndHaveNoCandle()
    {
        string Row(int minute, string prices = "1.10,1.30,1.00,1.20", string volume = "5") =>
            $"{Start + (minute * MinuteMs)},{prices},{volume},{Start + (minute * MinuteMs) + 59_999},6,3,2,2,0\n";
        File.WriteAllText(
            Path.Combine(_folder, "XRPUSDT-1m-2025-10.csv"),
            Header + Row(0) + Row(1, "1.10,1.00,1.00,1.20") + Row(2, "1.1,NaN,1,1") + "garbage\n" + new string('9', 5_000) + "\n"
            + Row(3, volume: "-1") + Row(4) + Row(4) + Row(2) + Row(7) + $"{(Start + (8 * MinuteMs)) * 1_000},1.10,1.30,1.00,1.20,5,0,6,3,2,2,0");
        var source = new KlineReplaySource(_folder);
        using var replay = new MarketEngine(source);
        replay.MoveTo(replay.EndMs!.Value, new MarketTape());

        Assert.Equal([0L, 4, 7, 8], replay.Klines(0, KlineInterval.M1, null, null, 100).Select(row => (row.OpenMs - Start) / MinuteMs));
        Assert.Equal([0L, 5], replay.Klines(0, KlineInterval.M5, null, null, 100).Select(row => (row.OpenMs - Start) / MinuteMs));
        Assert.Equal([7L, 8], replay.Klines(0, KlineInterval.M1, null, null, 2).Select(row => (row.OpenMs - Start) / MinuteMs));
        Assert.Equal(5, source.RowsLeftOut);
        Assert.Contains("line 3", source.Faults[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_NothingToReplay_SaysWhatIsNeeded()
    {
        File.WriteAllText(Path.Combine(_folder, "notes.csv"), "hello");
        Assert.Contains("BTCUSDT-1m", Assert.Throws<InvalidDataException>(() => new KlineReplaySource(_folder)).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => new KlineReplaySource(Path.Combine(_folder, "absent")));
    }

    [Fact]
    public void MoveTo_RealMinutes_TradesAddUpAndCandlesAreTheFiles()
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Absent);
        using var replay = new MarketEngine(new KlineReplaySource(
            SharedData.Path("klines-um-1m"), new() { Symbols = new HashSet<Symbol> { Symbol.Parse("LINKUSDT"), Symbol.Parse("LTCUSDT") } }));
        var tape = new MarketTape(MarketFeeds.AggTrades);
        replay.MoveTo(replay.NowMs + (3 * 1440 * MinuteMs), tape, sliceMs: 10_000);

        var trades = tape.Aggregates.ToLookup(told => (told.Symbol, told.Trade.TimeMs / MinuteMs), told => told.Trade);
        var odd = 0;
        foreach (var (symbol, _, row) in tape.Closed.Where(told => told.Interval == KlineInterval.M1))
        {
            var parts = trades[(symbol, row.OpenMs / MinuteMs)].ToArray();
            Assert.Equal((row.Volume, row.Trades), (parts.Sum(trade => trade.Steps), parts.Sum(trade => trade.LastTradeId - trade.FirstTradeId + 1)));
            var same = row.Volume == 0 || (row.Open, row.High, row.Low, row.Close)
                == (parts[0].Ticks, parts.Max(trade => trade.Ticks), parts.Min(trade => trade.Ticks), parts[^1].Ticks);
            if (!same) odd++;
        }

        Assert.Equal(0, odd);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static MarketEngine Generated(int minutes) =>
        new(new GeneratedSource(7, Start), new() { StartAtMs = Start + (minutes * MinuteMs) });

    private static KlineRow WithoutIds(KlineRow row) => row with { FirstTradeId = 0, LastTradeId = 0 };

    private void Write(MarketSymbol symbol, string rest, string ending, string header, KlineRow[] rows)
    {
        var text = header + string.Concat(rows.Select(row => string.Create(
            CultureInfo.InvariantCulture,
            $"{row.OpenMs},{symbol.Price(row.Open)},{symbol.Price(row.High)},{symbol.Price(row.Low)},{symbol.Price(row.Close)},{symbol.Quantity(row.Volume)},{row.CloseMs},{row.QuoteVolume:R},{row.Trades},{symbol.Quantity(row.TakerBuyVolume)},{row.TakerBuyQuoteVolume:R},0\n")));
        var path = Path.Combine(_folder, $"{symbol.Symbol.Name}-{rest}{ending}");
        using var file = File.Create(path);
        using var zip = ending == ".zip" ? new ZipArchive(file, ZipArchiveMode.Create) : null;
        using var packed = zip?.CreateEntry("rows.csv").Open() ?? (ending == ".csv" ? file : new GZipStream(file, CompressionLevel.Fastest));
        using var writer = new StreamWriter(packed);
        writer.Write(text);
    }
}

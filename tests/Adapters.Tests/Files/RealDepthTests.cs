using System.Globalization;
using System.IO.Compression;
using FuturesBot.Adapters.Files;
using FuturesBot.Domain.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Adapters.Tests.Files;

/// <summary>Six minutes of two real books: equal to the exchange's own best prices, and to books computed elsewhere.</summary>
public sealed class RealDepthTests
{
    private const int LevelsShown = 10;
    private const int CheckpointUpdates = 250;

    [Theory, InlineData("BTCUSDT", 6_547, "0.1"), InlineData("ETHUSDT", 6_581, "0.01")]
    public void Run_RealRecording_EqualsBookTickerAtEveryUpdate(string symbol, int updates, string tick)
    {
        var path = Recording(symbol);
        var tickers = new RecordedTickers(path, Symbol.Parse(symbol));
        var (compared, wrong) = (0, new List<string>());

        var result = DepthRecordingReplay.Run(path, sync =>
        {
            Assert.Equal(BookTrust.Synced, sync.Trust);
            if (tickers.At(sync.LastUpdateId) is not { } ticker) return;
            compared++;
            var book = sync.Book;
            if ((ticker.Bid, ticker.BidQuantity, ticker.Ask, ticker.AskQuantity)
                != (book.BestBid, book.BestBidQuantity, book.BestAsk, book.BestAskQuantity))
                wrong.Add($"{sync.LastUpdateId}: {book.BestBid}, {book.BestAsk} instead of {ticker}");
        });

        Assert.Equal([], wrong);
        Assert.True(tickers.Count > 50_000);
        Assert.Equal(result.Applied, compared);
        Assert.Equal((updates, 0L, 0L, 0L), (result.Applied, result.Gaps, result.Faults, (long)result.Resyncs));
        Assert.Equal(FixedPoint.From(decimal.Parse(tick, CultureInfo.InvariantCulture)), result.TickSize);
        Assert.True(result.IsInStep, result.Obstacle);
    }

    [Theory, InlineData("BTCUSDT", "0.00", 26), InlineData("ETHUSDT", "0.00", 26)]
    public void Run_RealRecording_EqualsTheExpectedBookAtEveryCheckpoint(string symbol, string price, int checkpoints)
    {
        var expected = Checkpoints(symbol);
        var (applied, found) = (0, new List<string>());

        DepthRecordingReplay.Run(Recording(symbol), sync =>
        {
            if (++applied % CheckpointUpdates != 0) return;
            var book = sync.Book;
            found.Add(string.Join(
                ',', applied, sync.LastUpdateId, book.BidLevels, book.AskLevels, Top(book.CopyBids, price), Top(book.CopyAsks, price)));
        });

        Assert.Equal(checkpoints, expected.Count);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void Run_RealRecordingWithALineTakenOut_EndsTheTrustThere()
    {
        var lines = Read(Recording("ETHUSDT"));
        var updates = lines.Index().Where(line => line.Item.Contains("@depth", StringComparison.Ordinal)).ToArray();
        lines.RemoveAt(updates[3_000].Index);
        var applied = 0;
        using var folder = new TempFolder();
        var path = folder["hole.raw"];
        File.WriteAllLines(path, lines);

        var result = DepthRecordingReplay.Run(path, _ => applied++);

        Assert.Equal(BookTrust.Gap, result.Trust);
        Assert.Equal(1, result.Gaps);
        Assert.InRange(applied, 2_990, 3_000);
        Assert.StartsWith($"line {updates[3_001].Index}: update ", result.Obstacle, StringComparison.Ordinal);
    }

    private delegate int Copy(Span<BookLevel> levels);

    private static string Recording(string symbol)
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);
        return SharedData.Path("depth-btc-eth", $"um_{symbol.ToLowerInvariant()}_20240808.raw.gz");
    }

    private static string Top(Copy copy, string price)
    {
        var levels = new BookLevel[LevelsShown];
        return string.Join(';', levels[..copy(levels)].Select(level => string.Create(
            CultureInfo.InvariantCulture,
            $"{FixedPoint.ToDecimal(level.Price).ToString(price)}@{FixedPoint.ToDecimal(level.Quantity):0.000}")));
    }

    /// <summary>The file's rows without the event time, which the book does not keep.</summary>
    private static List<string> Checkpoints(string symbol)
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);
        var path = SharedData.Path("depth-btc-eth", $"um_{symbol.ToLowerInvariant()}_20240808.expected_book.csv.gz");
        return [.. Read(path).Skip(1).Select(row => row.Split(',')).Select(row => string.Join(',', [.. row[..2], .. row[3..]]))];
    }

    private static List<string> Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var lines = new List<string>();
        while (reader.ReadLine() is { } line) lines.Add(line);
        return lines;
    }
}

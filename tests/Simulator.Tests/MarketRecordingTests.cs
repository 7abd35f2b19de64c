using System.Globalization;
using System.IO.Compression;
using System.Text;
using FuturesBot.Domain.Market;
using FuturesBot.Simulator.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Simulator.Tests;

public sealed class MarketRecordingTests : IDisposable
{
    private const long Start = 1_759_276_800_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("simulator-recording-").FullName;

    [Theory]
    [InlineData(".raw", 13)]
    [InlineData(".raw.gz", 777)]
    public void MoveTo_RecordingOfAGeneratedMarket_TellsItsLinesAgain(string ending, int stepMs)
    {
        var lines = Record(Path.Combine(_folder, "eth" + ending), minutes: 3);
        var market = new RecordedMarket(RecordedMarket.FilesIn(_folder));
        var retold = Retell(market, stepMs);

        Assert.Equal(lines.Select(WithoutTradeTime), retold.Lines);
        Assert.Equal(market.EndMs, market.NowMs);
        var minutes = market.Klines(0, KlineInterval.M1, null, null, 10);
        Assert.Equal([0L, 1, 2], minutes.Take(3).Select(row => (row.OpenMs - Start) / 60_000));
        Assert.Equal(market.Trades(0, null, 1_000)[^1].Ticks, market.LastTicks(0));
        Assert.Equal(minutes.Sum(row => row.Trades), market.Klines(0, KlineInterval.D1, null, null, 1).Single().Trades);
        Assert.Equal(3, retold.Closed.Count(told => told.Interval == KlineInterval.M1));
        Assert.Equal(minutes.Sum(row => row.Volume), retold.Trades.Sum(trade => trade.Steps));
        Assert.Equal(minutes.Sum(row => row.Volume), retold.Aggregates.Sum(trade => trade.Steps));
        Assert.Equal(retold.Aggregates.TakeLast(100), market.AggTrades(0, null, null, null, 100));
        Assert.Null(market.OpenInterest(0));
    }

    [Fact]
    public void Book_OfARecording_GivesFillsAndStaysAsRecorded()
    {
        var path = Path.Combine(_folder, "eth.raw");
        Record(path, minutes: 1);
        var market = new RecordedMarket([path]);
        market.MoveTo(Start + 30_000, new MarketTape());
        var book = market.Book(0);
        var before = book.Snapshot(1_000);
        var fills = book.Take(Side.Short, before.Bids[0].Steps + 1, limitTicks: null);
        book.AddOwn(Side.Long, before.Bids[3].Ticks, 5);

        Assert.Equal([before.Bids[0], before.Bids[1] with { Steps = 1 }], fills);
        Assert.Equal(before.Bids, book.Snapshot(1_000).Bids);
        Assert.Equal(before.Asks[0].Steps, book.Available(Side.Long, before.Asks[0].Ticks));
        book.RemoveOwn(Side.Long, before.Bids[3].Ticks, 5);
        Assert.Throws<InvalidOperationException>(() => book.RemoveOwn(Side.Long, before.Bids[3].Ticks, 5));
    }

    [Fact]
    public void MoveTo_LineMissing_SaysThatTheRecordingHasAGap()
    {
        var path = Path.Combine(_folder, "eth.raw");
        Record(path, minutes: 1);
        var lines = File.ReadAllLines(path).ToList();
        lines.RemoveAt(lines.FindLastIndex(lines.Count - 50, line => line.Contains("depthUpdate", StringComparison.Ordinal)));
        File.WriteAllLines(path, lines);
        var market = new RecordedMarket([path]);
        Assert.Contains("gap", Assert.Throws<InvalidDataException>(() => market.MoveTo(Start + 60_000, new MarketTape())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 {\"stream\":\"x\",\"data\":{\"e\":\"trade\"")]
    [InlineData("1 {\"stream\":\"x\",\"data\":{\"e\":\"trade\",\"s\":\"ETHUSDT\"}}")]
    [InlineData("1 {\"stream\":\"x\",\"data\":{\"e\":\"bookTicker\",\"s\":\"ETHUSDT\",\"u\":1,\"E\":1,\"T\":1,\"b\":\"-1\",\"B\":\"1\",\"a\":\"2\",\"A\":\"1\"}}")]
    [InlineData("1 {\"stream\":\"x\",\"data\":{\"e\":\"bookTicker\",\"s\":\"ETHUSDT\",\"u\":1,\"E\":1,\"T\":1,\"b\":\"99999999999999\",\"B\":\"1\",\"a\":\"2\",\"A\":\"1\"}}")]
    [InlineData("rubbish")]
    [InlineData("")]
    public void Constructor_DamagedRecording_IsRefusedWithItsName(string line)
    {
        var path = Path.Combine(_folder, "bad.raw");
        File.WriteAllText(path, line + "\n");
        Assert.Contains("bad.raw", Assert.Throws<InvalidDataException>(() => new RecordedMarket([path])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("um_btcusdt_20240808")]
    [InlineData("um_ethusdt_20240808")]
    public void MoveTo_RealRecording_TellsEveryLineAndHasTheKnownBooks(string name)
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Absent);
        var path = SharedData.Path("depth-btc-eth", name + ".raw.gz");
        var market = new RecordedMarket([path]);
        var retold = new Retold(market);
        var expected = Books(SharedData.Path("depth-btc-eth", name + ".expected_book.csv.gz"));
        var found = 0;
        retold.Applied = lastId =>
        {
            if (!expected.TryGetValue(lastId, out var book)) return;
            var shot = market.Book(0).Snapshot(10);
            Assert.Equal(book, $"{Levels(market, shot.Bids)},{Levels(market, shot.Asks)}");
            found++;
        };
        market.MoveTo(market.EndMs!.Value, retold);

        Assert.Equal(expected.Count, found);
        Assert.Equal(DataOf(ReadLines(path)), retold.Lines);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Retold Retell(RecordedMarket market, int stepMs)
    {
        var retold = new Retold(market);
        while (market.NowMs < market.EndMs) market.MoveTo(market.NowMs + stepMs, retold);
        return retold;
    }

    // Writes what a generated market tells as a recorder would, the snapshot among the first lines.
    private static List<string> Record(string path, int minutes)
    {
        var engine = new MarketEngine(new GeneratedSource(3, Start - 60_000, [ListedSymbol.Of(GeneratedSymbols.Twelve[1])]));
        engine.MoveTo(Start, new MarketTape(MarketFeeds.Depth));
        var retold = new Retold(engine);
        var text = new StringBuilder();
        for (var i = 1; i <= minutes * 600; i++)
        {
            var from = retold.Lines.Count;
            engine.MoveTo(Start + (i * 100), retold);
            foreach (var line in retold.Lines.Skip(from)) text.Append(i).Append(" {\"stream\":\"x\",\"data\":").Append(line).Append("}\n");
            if (i != 3) continue;
            var shot = engine.Book(0).Snapshot(1_000);
            text.Append(CultureInfo.InvariantCulture, $"{i} {{\"lastUpdateId\":{shot.LastUpdateId},\"E\":{shot.EventMs},\"T\":{shot.TransactionMs},")
                .Append(CultureInfo.InvariantCulture, $"\"bids\":{Json(engine, shot.Bids)},\"asks\":{Json(engine, shot.Asks)}}}\n");
        }

        using var file = File.Create(path);
        using Stream packed = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        packed.Write(Encoding.UTF8.GetBytes(text.ToString()));
        return retold.Lines;
    }

    private static string Json(IMarket market, IEnumerable<DepthLevel> levels) =>
        $"[{string.Join(',', levels.Select(level => $"[\"{market.Symbols[0].Price(level.Ticks)}\",\"{market.Symbols[0].Quantity(level.Steps)}\"]"))}]";

    private static string Levels(IMarket market, IEnumerable<DepthLevel> levels) =>
        string.Join(';', levels.Select(level => $"{market.Symbols[0].Price(level.Ticks)}@{market.Symbols[0].Quantity(level.Steps)}"));

    private static Dictionary<long, string> Books(string path) =>
        ReadLines(path).Skip(1).Select(line => line.Split(',')).ToDictionary(
            columns => long.Parse(columns[1], CultureInfo.InvariantCulture), columns => $"{columns[5]},{columns[6]}");

    // The event time of a trade is not kept: it is the time of the trade itself, give or take a millisecond.
    private static string WithoutTradeTime(string data) =>
        data.StartsWith("{\"e\":\"trade\"", StringComparison.Ordinal) ? "{\"e\":\"trade\"" + data[data.IndexOf(",\"T\"", StringComparison.Ordinal)..] : data;

    private static IEnumerable<string> DataOf(IEnumerable<string> lines) =>
        from line in lines
        let at = line.IndexOf("\"data\":", StringComparison.Ordinal)
        where at > 0
        select WithoutTradeTime(line[(at + 7)..^1]);

    private static List<string> ReadLines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>Writes what is told as the exchange writes it.</summary>
    private sealed class Retold(IMarket market) : IMarketListener
    {
        private readonly MarketSymbol _symbol = market.Symbols[0];

        public List<string> Lines { get; } = [];

        public List<MarketTrade> Trades { get; } = [];

        public List<AggTrade> Aggregates { get; } = [];

        public List<(KlineInterval Interval, KlineRow Row)> Closed { get; } = [];

        public Action<long>? Applied { get; set; }

        public MarketFeeds Wants(int symbol) => MarketFeeds.All;

        public void OnTrade(int symbol, in MarketTrade trade)
        {
            Trades.Add(trade);
            Lines.Add($"{{\"e\":\"trade\",\"T\":{trade.TimeMs},\"s\":\"{_symbol.Symbol}\",\"t\":{trade.Id},\"p\":\"{_symbol.Price(trade.Ticks)}\",\"q\":\"{_symbol.Quantity(trade.Steps)}\",\"X\":\"MARKET\",\"m\":{(trade.BuyerIsMaker ? "true" : "false")}}}");
            if (market is MarketEngine) Lines[^1] = Lines[^1].Replace("\"T\":", $"\"E\":{market.NowMs},\"T\":", StringComparison.Ordinal);
        }

        public void OnAggTrade(int symbol, in AggTrade trade) => Aggregates.Add(trade);

        public void OnQuote(int symbol, long bidTicks, long askTicks, long timeMs)
        {
        }

        public void OnBookTicker(int symbol, in BookTicker ticker) => Lines.Add(
            $"{{\"e\":\"bookTicker\",\"u\":{ticker.UpdateId},\"s\":\"{_symbol.Symbol}\",\"b\":\"{_symbol.Price(ticker.Bid.Ticks)}\",\"B\":\"{_symbol.Quantity(ticker.Bid.Steps)}\",\"a\":\"{_symbol.Price(ticker.Ask.Ticks)}\",\"A\":\"{_symbol.Quantity(ticker.Ask.Steps)}\",\"T\":{ticker.TransactionMs},\"E\":{ticker.EventMs}}}");

        public void OnDepth(int symbol, in DepthDelta delta)
        {
            Lines.Add($"{{\"e\":\"depthUpdate\",\"E\":{delta.EventMs},\"T\":{delta.TransactionMs},\"s\":\"{_symbol.Symbol}\",\"U\":{delta.FirstId},\"u\":{delta.LastId},\"pu\":{delta.PreviousLastId},\"b\":{Json(market, delta.Bids.ToArray())},\"a\":{Json(market, delta.Asks.ToArray())}}}");
            Applied?.Invoke(delta.LastId);
        }

        public void OnKline(int symbol, KlineInterval interval, in KlineRow row, bool closed)
        {
            if (closed) Closed.Add((interval, row));
        }

        public void OnMarkPrice(int symbol, in MarkPrice mark) => Assert.True(mark.Mark > 0);

        public void OnFunding(int symbol, in FundingRate funding) => Assert.Equal(0.0001m, funding.Rate);
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using FuturesBot.Domain.Market;

namespace FuturesBot.Simulator.Market;

/// <summary>
/// A raw recording of one symbol's streams, a line <c>&lt;local time&gt; &lt;JSON&gt;</c> each: depth, bookTicker and trade messages in the
/// combined form, and the answer to one depth request. All of it is held in memory.
/// </summary>
internal sealed class DepthRecording
{
    private const int LineMax = 4 << 20;
    private const long CharsMax = 1L << 30;

    private readonly string _path;
    private readonly List<DepthLevel> _levels = [];
    private readonly List<RecordedDelta> _deltas = [];
    private readonly List<BookTicker> _tickers = [];
    private readonly List<MarketTrade> _trades = [];
    private readonly List<RecordedEvent> _events = [];
    private string _name = "";
    private long _dueMs = long.MinValue;
    private int _priceDecimals;
    private int _stepDecimals;
    private int _tickDecimals;

    /// <param name="path"><c>.raw</c>, <c>.txt</c> or <c>.jsonl</c>, or the same with <c>.gz</c>.</param>
    /// <exception cref="InvalidDataException">Damaged, too large, of two symbols, or without a depth snapshot.</exception>
    public DepthRecording(string path)
    {
        _path = path;
        var number = 0L;
        foreach (var line in Lines())
        {
            number++;
            try
            {
                Read(line);
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or OverflowException)
            {
                throw new InvalidDataException($"{path}, line {number}: {e.Message}", e);
            }
        }

        if (Snapshot is null || _events.Count == 0) throw new InvalidDataException($"{path} holds no depth snapshot or no events");
        Facts = FactsOf();
        Rescale();
    }

    public MarketSymbol Facts { get; }

    public BookSnapshot? Snapshot { get; private set; }

    public IReadOnlyList<RecordedEvent> Events => _events;

    public IReadOnlyList<MarketTrade> Trades => _trades;

    public ReadOnlySpan<DepthLevel> LevelsOf(in RecordedDelta delta, bool isBids) =>
        CollectionsMarshal.AsSpan(_levels).Slice(isBids ? delta.From : delta.From + delta.Bids, isBids ? delta.Bids : delta.Asks);

    public RecordedDelta Delta(int place) => _deltas[place];

    public BookTicker Ticker(int place) => _tickers[place];

    private IEnumerable<string> Lines()
    {
        using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read);
        using var plain = _path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        using var reader = new StreamReader(plain);
        var (buffer, line, total) = (new char[1 << 16], new System.Text.StringBuilder(), 0L);
        for (int count; (count = reader.Read(buffer)) > 0;)
        {
            total += count;
            for (var from = 0; from < count;)
            {
                var end = Array.IndexOf(buffer, '\n', from, count - from);
                line.Append(buffer, from, (end < 0 ? count : end) - from);
                if (line.Length > LineMax || total > CharsMax) throw new InvalidDataException($"{_path} has a line of more than {LineMax} or more than {CharsMax} characters");
                if (end < 0) break;
                yield return line.ToString();
                line.Clear();
                from = end + 1;
            }
        }

        if (line.Length > 0) yield return line.ToString();
    }

    private void Read(string line)
    {
        var json = line.AsMemory(line.IndexOf('{', StringComparison.Ordinal) is var at and >= 0 ? at : throw new FormatException("no JSON"));
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.TryGetProperty("lastUpdateId", out var lastId))
        {
            // The first one is the book's beginning; later ones only repeat what the deltas say.
            Snapshot ??= new(
                lastId.GetInt64(), root.GetProperty("E").GetInt64(), root.GetProperty("T").GetInt64(),
                Levels(root.GetProperty("bids")), Levels(root.GetProperty("asks")));
            return;
        }

        var data = root.GetProperty("data");
        var name = data.GetProperty("s").GetString()!;
        if (_name.Length == 0) _name = name;
        else if (_name != name) throw new FormatException($"symbol {name} after {_name}: one symbol per recording");
        switch (data.GetProperty("e").GetString())
        {
            case "depthUpdate":
                ReadDelta(data);
                break;
            case "bookTicker":
                _tickers.Add(new(Id(data, "u"), Id(data, "E"), Id(data, "T"), Level(data, "b", "B"), Level(data, "a", "A")));
                Note(RecordedKind.Ticker, _tickers.Count - 1, Id(data, "E"));
                break;
            case "trade" when IsMarket(data):
                var level = Level(data, "p", "q");
                _trades.Add(new(Id(data, "t"), Id(data, "T"), level.Ticks, level.Steps, data.GetProperty("m").GetBoolean()));
                Note(RecordedKind.Trade, _trades.Count - 1, Id(data, "E"));
                break;
        }
    }

    // Insurance fund and ADL trades are no part of the candles.
    private static bool IsMarket(JsonElement trade) => !trade.TryGetProperty("X", out var kind) || kind.GetString() == "MARKET";

    private void ReadDelta(JsonElement data)
    {
        var from = _levels.Count;
        _levels.AddRange(Levels(data.GetProperty("b")));
        var bids = _levels.Count - from;
        _levels.AddRange(Levels(data.GetProperty("a")));
        _deltas.Add(new(Id(data, "E"), Id(data, "T"), Id(data, "U"), Id(data, "u"), Id(data, "pu"), from, bids, _levels.Count - from - bids));
        Note(RecordedKind.Depth, _deltas.Count - 1, Id(data, "E"));
    }

    private void Note(RecordedKind kind, int place, long eventMs)
    {
        _dueMs = Math.Max(_dueMs, eventMs);
        _events.Add(new(kind, place, _dueMs));
    }

    private static long Id(JsonElement data, string name) => data.GetProperty(name).GetInt64();

    private DepthLevel Level(JsonElement data, string price, string quantity) =>
        new(Price(data.GetProperty(price).GetString()!), Quantity(data.GetProperty(quantity).GetString()!));

    private List<DepthLevel> Levels(JsonElement levels) =>
        [.. levels.EnumerateArray().Select(level => new DepthLevel(Price(level[0].GetString()!), Quantity(level[1].GetString()!)))];

    // Until the decimals are known everything is in units of 10⁻⁸.
    private long Price(string text)
    {
        var price = decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        _priceDecimals = Math.Max(_priceDecimals, price.Scale);
        if (price.Scale > _tickDecimals) _tickDecimals = Math.Max(_tickDecimals, MarketSymbol.DecimalsOf(price));
        return FixedPoint.From(price);
    }

    private long Quantity(string text)
    {
        var quantity = decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        _stepDecimals = Math.Max(_stepDecimals, quantity.Scale);
        return FixedPoint.From(quantity);
    }

    private MarketSymbol FactsOf()
    {
        var (tick, step) = (Unit(_tickDecimals), Unit(_stepDecimals));
        return new()
        {
            Symbol = Symbol.Parse(_name),
            Pair = _name,
            BaseAsset = _name[..^4],
            QuoteAsset = _name[^4..],
            MarginAsset = _name[^4..],
            TickSize = tick,
            StepSize = step,
            MinPrice = tick,
            MaxPrice = tick * int.MaxValue,
            MinQuantity = step,
            MaxQuantity = step * 1_000_000,
            MaxMarketQuantity = step * 100_000,
            MinNotional = SymbolRules.DefaultMinNotional,
            PriceDecimals = _priceDecimals,
            QuantityDecimals = _stepDecimals,
        };
    }

    private void Rescale()
    {
        var (tick, step) = (FixedPoint.From(Facts.TickSize), FixedPoint.From(Facts.StepSize));
        DepthLevel Whole(DepthLevel level) => new(level.Ticks / tick, level.Steps / step);
        foreach (ref var level in CollectionsMarshal.AsSpan(_levels)) level = Whole(level);
        foreach (ref var ticker in CollectionsMarshal.AsSpan(_tickers)) ticker = ticker with { Bid = Whole(ticker.Bid), Ask = Whole(ticker.Ask) };
        foreach (ref var trade in CollectionsMarshal.AsSpan(_trades)) trade = trade with { Ticks = trade.Ticks / tick, Steps = trade.Steps / step };
        Snapshot = Snapshot! with { Bids = [.. Snapshot.Bids.Select(Whole)], Asks = [.. Snapshot.Asks.Select(Whole)] };
    }

    private static decimal Unit(int decimals) => new(1, 0, 0, isNegative: false, (byte)decimals);
}

using System.Net.WebSockets;
using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Market;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Simulator.Wire;

/// <summary>
/// Who listens to what, and the market's events on their way to them. Everything in it but <see cref="WaitForRoomAsync"/> is
/// called while the exchange's gate is held.
/// </summary>
internal sealed partial class StreamHub : IMarketListener, IUserEvents, IDisposable
{
    private const int Kinds = (int)StreamKind.TradingSession + 1;
    private const int StreamsMax = 1_024;
    private const int StreamsMaxBefore = 200;

    private static readonly TimeSpan StalledAfter = TimeSpan.FromSeconds(60);

    private readonly IMarket _market;
    private readonly SimulatedExchangeOptions _options;
    private readonly FaultControl _faults;
    private readonly ListenKeys _keys;
    private readonly TimeProvider _wall;
    private readonly ILogger _log;
    private readonly EventWriter _writer;
    private readonly SymbolWire[] _symbols;
    private readonly Dictionary<string, int> _places;
    private readonly Dictionary<string, Topic> _topics = new(StringComparer.Ordinal);
    private readonly List<Topic>[] _ofAll = NewTopics();
    private readonly List<Topic>[][] _ofSymbols;
    private readonly List<StreamConnection> _connections = [];

    public StreamHub(
        IMarket market, SimulatedExchangeOptions options, FaultControl faults, ListenKeys keys, TimeProvider wall, ILogger log)
    {
        (_market, _options, _faults, _keys, _wall, _log) = (market, options, faults, keys, wall, log);
        _writer = new(options.Faults.Changes);
        _symbols = [.. market.Symbols.Select(symbol => new SymbolWire(symbol))];
        _places = _symbols.Select((symbol, place) => (symbol.Name, place)).ToDictionary(at => at.Name, at => at.place);
        _ofSymbols = [.. _symbols.Select(_ => NewTopics())];
    }

    public int Connections => _connections.Count;

    /// <summary>Hears of each change of a book as it goes out; null for nobody.</summary>
    public BookTruth? Truth { get; init; }

    /// <summary>How many streams a connection may have.</summary>
    public int StreamsPerConnection => _options.Faults.Changes.ManyStreams ? StreamsMax : StreamsMaxBefore;

    public void Add(StreamConnection connection) => _connections.Add(connection);

    public void Remove(StreamConnection connection)
    {
        _connections.Remove(connection);
        foreach (var name in connection.Names) Find(name)?.Remove(connection);
    }

    /// <returns>False when the connection would have too many streams; then nothing is changed.</returns>
    public bool Subscribe(StreamConnection connection, IReadOnlyCollection<string> names)
    {
        if (connection.Names.Union(names, StringComparer.Ordinal).Count() > StreamsPerConnection) return false;
        foreach (var name in names)
        {
            connection.Names.Add(name);
            TopicOf(connection, name)?.Add(connection);
        }

        return true;
    }

    public void Unsubscribe(StreamConnection connection, IReadOnlyCollection<string> names)
    {
        foreach (var name in names)
        {
            connection.Names.Remove(name);
            Find(name)?.Remove(connection);
        }
    }

    /// <summary>Waits until every connection has room again; who reads nothing for a minute is cut.</summary>
    /// <param name="connections">A copy taken while the gate was held.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask WaitForRoomAsync(IReadOnlyList<StreamConnection> connections, CancellationToken cancel)
    {
        foreach (var connection in connections)
        {
            try
            {
                await connection.RoomAsync().WaitAsync(StalledAfter, _wall, cancel);
            }
            catch (TimeoutException)
            {
                LogStalled(_log, connection.Route);
                connection.Abort();
            }
        }
    }

    /// <summary>Connections that take messages too slowly: for the market to wait for, or cut, as it was asked for.</summary>
    public IReadOnlyList<StreamConnection> SlowOnes()
    {
        List<StreamConnection>? slow = null;
        foreach (var connection in _connections)
        {
            if (connection.IsSlow) (slow ??= []).Add(connection);
        }

        if (slow is null) return [];
        if (_options.SlowReader == SlowReader.Wait) return slow;
        foreach (var connection in slow)
        {
            LogSlow(_log, connection.Route);
            connection.Abort();
        }

        return [];
    }

    public void Publish(string account, string type, ReadOnlyMemory<byte> json)
    {
        if (_keys.Of(account, _market.NowMs) is { } key && _topics.TryGetValue(key, out var topic))
            topic.Send(json, null, _faults, type);
    }

    /// <summary>What is sent at fixed times. Call it after each move of the market.</summary>
    public void Tick()
    {
        var now = _market.NowMs;
        foreach (var topic in _ofAll[(int)StreamKind.AllMarkPrices])
        {
            if (topic.HasReaders && topic.IsDue(now)) Send(topic, _writer.AllMarkPrices(Listed().Select(at => (_symbols[at], _market.MarkPrice(at)))));
        }

        foreach (var topic in _ofAll[(int)StreamKind.AllTickers])
        {
            if (topic.HasReaders && !_options.Faults.Changes.NoTickerArray && topic.IsDue(now))
                Send(topic, _writer.AllTickers(Listed().Select(at => (_symbols[at], _market.Ticker24h(at))), now));
        }

        foreach (var topic in _ofAll[(int)StreamKind.AllMiniTickers])
        {
            if (topic.HasReaders && topic.IsDue(now))
                Send(topic, _writer.AllMiniTickers(Listed().Select(at => (_symbols[at], _market.Ticker24h(at))), now));
        }

        for (var symbol = 0; symbol < _symbols.Length; symbol++) SendTickers(symbol, now);
        foreach (var key in _keys.TakeExpired(now)) SayExpired(key);
        if (!_options.ConnectionLifeOnMarketTime) return;
        foreach (var connection in _connections)
        {
            if (now - connection.OpenedMs >= _options.ConnectionLife.TotalMilliseconds) SayLifeIsOver(connection);
        }
    }

    /// <summary>What goes wrong with connections and listen keys. Call it once in a wall second.</summary>
    public void Misfortunes()
    {
        foreach (var connection in _connections)
        {
            var route = RouteText(connection.Route);
            if (_faults.OfStream(FaultKind.Silence, route, null) is { } silence) connection.FallSilent(silence.Ms);
            if (_faults.OfStream(FaultKind.Disconnect, route, null) is not null) connection.Abort();
            if (_faults.OfCall(FaultKind.Maintenance, "", null, counts: false) is not null) connection.Abort();
            if (!_options.ConnectionLifeOnMarketTime && connection.Age >= _options.ConnectionLife) SayLifeIsOver(connection);
        }

        if (_keys.Any && _faults.OfCall(FaultKind.ExpireListenKeys, "", null) is not null) ExpireListenKeys();
    }

    public void ExpireListenKeys()
    {
        foreach (var key in _keys.TakeExpired(_market.NowMs, all: true)) SayExpired(key);
    }

    public void AbortAll()
    {
        foreach (var connection in _connections) connection.Abort();
    }

    public MarketFeeds Wants(int symbol)
    {
        var feeds = MarketFeeds.None;
        if (Any(symbol, StreamKind.Depth) || Any(symbol, StreamKind.PartialDepth) || Any(symbol, StreamKind.RpiDepth)) feeds |= MarketFeeds.Depth;
        if (Any(symbol, StreamKind.BookTicker) || _ofAll[(int)StreamKind.AllBookTickers].Exists(topic => topic.HasReaders))
            feeds |= MarketFeeds.BookTicker;
        if (Any(symbol, StreamKind.Trade)) feeds |= MarketFeeds.Trades;
        if (Any(symbol, StreamKind.AggTrade)) feeds |= MarketFeeds.AggTrades;
        if (Any(symbol, StreamKind.Kline) || Any(symbol, StreamKind.ContinuousKline)) feeds |= MarketFeeds.RunningKlines;
        if (Any(symbol, StreamKind.MarkPrice)) feeds |= MarketFeeds.MarkPrice;
        return feeds;
    }

    public void OnTrade(int symbol, in MarketTrade trade)
    {
        foreach (var topic in Of(symbol, StreamKind.Trade))
        {
            if (topic.HasReaders) Send(topic, _writer.Trade(_symbols[symbol], trade), symbol);
        }
    }

    public void OnAggTrade(int symbol, in AggTrade trade)
    {
        foreach (var topic in Of(symbol, StreamKind.AggTrade))
        {
            if (topic.HasReaders) Send(topic, _writer.AggTrade(_symbols[symbol], trade, Math.Max(trade.TimeMs, _market.NowMs)), symbol);
        }
    }

    public void OnQuote(int symbol, long bidTicks, long askTicks, long timeMs)
    {
    }

    public void OnBookTicker(int symbol, in BookTicker ticker)
    {
        ReadOnlyMemory<byte> json = default;
        foreach (var topic in Of(symbol, StreamKind.BookTicker).Concat(_ofAll[(int)StreamKind.AllBookTickers]))
        {
            if (!topic.HasReaders) continue;
            if (json.IsEmpty) json = _writer.BookTicker(_symbols[symbol], ticker);
            Send(topic, json, symbol);
            if (symbol == 0 && topic.Name.Kind == StreamKind.AllBookTickers && _options.Faults.Changes.CoinMarginedMerged)
                Send(topic, _writer.CoinMarginedBookTicker(_symbols[symbol], ticker));
        }
    }

    public void OnDepth(int symbol, in DepthDelta delta)
    {
        Truth?.Add(symbol, _market.Book(symbol), delta);
        foreach (var topic in Of(symbol, StreamKind.Depth)) SendDepth(topic, symbol, delta);
        foreach (var topic in Of(symbol, StreamKind.RpiDepth)) SendDepth(topic, symbol, delta);
        foreach (var topic in Of(symbol, StreamKind.PartialDepth))
        {
            if (topic.HasReaders && topic.IsDue(delta.EventMs)) SendPartial(topic, symbol, delta);
        }
    }

    public void OnKline(int symbol, KlineInterval interval, in KlineRow row, bool closed)
    {
        SendKline(StreamKind.Kline, symbol, interval, row, closed);
        SendKline(StreamKind.ContinuousKline, symbol, interval, row, closed);
    }

    public void OnMarkPrice(int symbol, in MarkPrice mark)
    {
        foreach (var topic in Of(symbol, StreamKind.MarkPrice))
        {
            if (topic.HasReaders && topic.IsDue(mark.TimeMs)) Send(topic, _writer.MarkPrice(_symbols[symbol], mark), symbol);
        }
    }

    public void OnFunding(int symbol, in FundingRate funding)
    {
    }

    public void Dispose() => _writer.Dispose();

    private static List<Topic>[] NewTopics() => [.. Enumerable.Range(0, Kinds).Select(_ => new List<Topic>(1))];

    private static string RouteText(StreamRoute route) => route switch
    {
        StreamRoute.Public => "/public",
        StreamRoute.Market => "/market",
        StreamRoute.Private => "/private",
        StreamRoute.Api => "/ws-fapi",
        _ => "/",
    };

    private static void SayLifeIsOver(StreamConnection connection) =>
        connection.Close(WebSocketCloseStatus.EndpointUnavailable, "the connection reached the end of its life");

    private List<Topic> Of(int symbol, StreamKind kind) => _ofSymbols[symbol][(int)kind];

    private bool Any(int symbol, StreamKind kind)
    {
        foreach (var topic in Of(symbol, kind))
        {
            if (topic.HasReaders) return true;
        }

        return false;
    }

    private IEnumerable<int> Listed() =>
        Enumerable.Range(0, _symbols.Length).Where(symbol => _symbols[symbol].Symbol.IsTradingAt(_market.NowMs) && _market.LastTicks(symbol) > 0);

    private Topic? Find(string name) => _topics.GetValueOrDefault(name);

    /// <summary>The stream that a name leads to on this connection; null where it is acknowledged and stays silent.</summary>
    private Topic? TopicOf(StreamConnection connection, string text)
    {
        if (StreamName.TryParse(text, out var name))
            return (connection.Route & name.Routes) != StreamRoute.Legacy ? Find(text) ?? NewTopic(text, name) : null;

        // Anything else could be a listen key; one that is not valid never hears anything.
        if ((connection.Route & StreamRoute.Private) == StreamRoute.Legacy) return null;
        return Find(text) ?? (_keys.IsValid(text, _market.NowMs) ? NewTopic(text, default) : null);
    }

    private Topic? NewTopic(string text, StreamName name)
    {
        var places = _ofAll;
        if (name.Symbol is { Length: > 0 } symbol)
        {
            if (!_places.TryGetValue(symbol, out var place)) return null;
            places = _ofSymbols[place];
        }

        var topic = new Topic(text) { Name = name, Merge = name.Kind is StreamKind.Depth or StreamKind.RpiDepth ? new() : null };
        _topics.Add(text, topic);
        if (name != default) places[(int)name.Kind].Add(topic);
        return topic;
    }

    private void Send(Topic topic, ReadOnlyMemory<byte> json, int? symbol = null) =>
        topic.Send(json, symbol is { } place ? _symbols[place].Name : null, _faults);

    private void SendTickers(int symbol, long now)
    {
        foreach (var topic in Of(symbol, StreamKind.Ticker))
        {
            if (topic.HasReaders && topic.IsDue(now)) Send(topic, _writer.Ticker(_symbols[symbol], _market.Ticker24h(symbol), now), symbol);
        }

        foreach (var topic in Of(symbol, StreamKind.MiniTicker))
        {
            if (topic.HasReaders && topic.IsDue(now)) Send(topic, _writer.MiniTicker(_symbols[symbol], _market.Ticker24h(symbol), now), symbol);
        }
    }

    private void SendDepth(Topic topic, int symbol, in DepthDelta delta)
    {
        var merge = topic.Merge!;
        if (!topic.HasReaders)
        {
            merge.Clear();
            return;
        }

        var isDue = topic.IsDue(delta.EventMs);
        if (isDue && merge.IsEmpty)
        {
            Send(topic, _writer.Depth(_symbols[symbol], delta), symbol);
            return;
        }

        merge.Add(delta);
        if (!isDue) return;
        Send(
            topic,
            _writer.Depth(_symbols[symbol], new(merge.EventMs, merge.TransactionMs, merge.FirstId, merge.LastId, merge.PreviousLastId, merge.Bids, merge.Asks)),
            symbol);
        merge.Clear();
    }

    private void SendPartial(Topic topic, int symbol, in DepthDelta delta)
    {
        var book = _market.Book(symbol).Snapshot(topic.Name.Levels);
        var last = topic.LastUpdateId == 0 ? delta.PreviousLastId : topic.LastUpdateId;
        topic.LastUpdateId = book.LastUpdateId;
        Send(
            topic,
            _writer.Depth(_symbols[symbol], new(delta.EventMs, delta.TransactionMs, Math.Min(last + 1, book.LastUpdateId), book.LastUpdateId, last, [.. book.Bids], [.. book.Asks])),
            symbol);
    }

    private void SendKline(StreamKind kind, int symbol, KlineInterval interval, in KlineRow row, bool closed)
    {
        foreach (var topic in Of(symbol, kind))
        {
            if (!topic.HasReaders || topic.Name.Interval != interval) continue;
            var eventMs = closed ? row.CloseMs + 1 : Math.Clamp(_market.NowMs, row.OpenMs, row.CloseMs);
            if (!closed && !topic.IsDue(eventMs)) continue;
            Send(topic, _writer.Kline(_symbols[symbol], interval, row, closed, eventMs, kind == StreamKind.ContinuousKline), symbol);
        }
    }

    private void SayExpired(string key) =>
        Find(key)?.Send(_writer.ListenKeyExpired(key, _market.NowMs), null, _faults, "listenKeyExpired");

    [LoggerMessage(6101, LogLevel.Warning, "A stream connection on {Route} took nothing for a minute and was cut")]
    private static partial void LogStalled(ILogger log, StreamRoute route);

    [LoggerMessage(6102, LogLevel.Warning, "A stream connection on {Route} was too slow for the market and was cut")]
    private static partial void LogSlow(ILogger log, StreamRoute route);
}

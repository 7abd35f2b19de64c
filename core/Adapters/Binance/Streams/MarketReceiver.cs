namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>Reads the messages of one line and passes them to the hub's listener.</summary>
internal sealed class MarketReceiver(SymbolTable symbols, MarketListener listener, Func<string, StreamName?> find)
    : IStreamReceiver, IMarketEvents
{
    private const long Unreadable = -1;

    private readonly StreamDecoder _decoder = new(symbols);
    private long _eventMs;

    public long Receive(ReadOnlySpan<byte> message)
    {
        _eventMs = 0;
        _decoder.Decode(message, this);
        return _eventMs;
    }

    public void Subscribed(IReadOnlyCollection<string> streams) => listener.OnSubscribed(Known(streams));

    public void Lost(IReadOnlyCollection<string> streams) => listener.OnLost(Known(streams));

    public void Refused(string stream)
    {
        foreach (var name in Known([stream])) listener.OnRefused(name);
    }

    public void OnDepth(DepthUpdate update)
    {
        _eventMs = update.EventMs;
        listener.OnDepth(update);
    }

    public void OnAggTrade(in AggTrade trade)
    {
        _eventMs = trade.EventMs;
        listener.OnAggTrade(trade);
    }

    public void OnKline(in KlineUpdate kline)
    {
        _eventMs = kline.EventMs;
        listener.OnKline(kline);
    }

    public void OnBookTicker(in BookTicker ticker)
    {
        _eventMs = ticker.EventMs;
        listener.OnBookTicker(ticker);
    }

    public void OnMarkPrice(in MarkPriceUpdate mark)
    {
        _eventMs = mark.EventMs;
        listener.OnMarkPrice(mark);
    }

    public void OnAnswer(in StreamAnswer answer, ReadOnlySpan<byte> message) => listener.OnAnswer(answer, message);

    public void OnOther(StreamEventKind kind, ReadOnlySpan<byte> data) => listener.OnOther(kind, data);

    public void OnFault(StreamFault fault, ReadOnlySpan<byte> message)
    {
        _eventMs = Unreadable;
        listener.OnFault(fault, message);
    }

    private List<StreamName> Known(IReadOnlyCollection<string> streams)
    {
        var known = new List<StreamName>(streams.Count);
        foreach (var stream in streams)
        {
            if (find(stream) is { } name) known.Add(name);
        }

        return known;
    }
}

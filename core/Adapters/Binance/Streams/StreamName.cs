using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>A market stream of one symbol. How it is called and where it is served, <see cref="StreamTable"/> knows.</summary>
public readonly record struct StreamName
{
    private StreamName(StreamKind kind, Symbol symbol, TimeFrame? frame) => (Kind, Symbol, Frame) = (kind, symbol, frame);

    public StreamKind Kind { get; }

    public Symbol Symbol { get; }

    /// <summary>Of candles; null for every other kind.</summary>
    public TimeFrame? Frame { get; }

    /// <summary>Empty when there is no time frame.</summary>
    public string FrameCode => Frame?.Code() ?? "";

    public static StreamName Depth(Symbol symbol) => new(StreamKind.Depth, symbol, null);

    public static StreamName BookTicker(Symbol symbol) => new(StreamKind.BookTicker, symbol, null);

    public static StreamName AggTrade(Symbol symbol) => new(StreamKind.AggTrade, symbol, null);

    public static StreamName Kline(Symbol symbol, TimeFrame frame) => new(StreamKind.Kline, symbol, frame);

    public static StreamName MarkPrice(Symbol symbol) => new(StreamKind.MarkPrice, symbol, null);

    public override string ToString() => StreamTable.Default.TextOf(this);
}

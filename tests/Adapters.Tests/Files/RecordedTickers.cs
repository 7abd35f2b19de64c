using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Adapters.Files;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Tests.Files;

/// <summary>
/// The <c>bookTicker</c> events of a recording by update id. The exchange sends one whenever best price or quantity
/// changes, in a stream of its own: the ticker that belongs to an update of the book is the last one up to its id, whether
/// it stands before or behind it in the recording.
/// </summary>
internal sealed class RecordedTickers : IMarketEvents
{
    private readonly List<BookTicker> _tickers = [];
    private readonly long[] _ids;

    public RecordedTickers(string path, Symbol symbol)
    {
        var decoder = new StreamDecoder(new(symbol));
        using var reader = new DepthRecordingReader(path);
        while (reader.TryRead(out var message)) decoder.Decode(message, this);
        _tickers.Sort((one, other) => one.UpdateId.CompareTo(other.UpdateId));
        _ids = [.. _tickers.Select(ticker => ticker.UpdateId)];
    }

    public int Count => _ids.Length;

    /// <summary>Null when the recording begins later.</summary>
    public BookTicker? At(long updateId)
    {
        var index = Array.BinarySearch(_ids, updateId);
        if (index < 0) index = ~index - 1;
        return index < 0 ? null : _tickers[index];
    }

    void IMarketEvents.OnBookTicker(in BookTicker ticker) => _tickers.Add(ticker);

    void IMarketEvents.OnDepth(DepthUpdate update)
    {
    }

    void IMarketEvents.OnAggTrade(in AggTrade trade)
    {
    }

    void IMarketEvents.OnKline(in KlineUpdate kline)
    {
    }

    void IMarketEvents.OnMarkPrice(in MarkPriceUpdate mark)
    {
    }

    void IMarketEvents.OnAnswer(in StreamAnswer answer, ReadOnlySpan<byte> message)
    {
    }

    void IMarketEvents.OnOther(StreamEventKind kind, ReadOnlySpan<byte> data)
    {
    }

    void IMarketEvents.OnFault(StreamFault fault, ReadOnlySpan<byte> message)
    {
    }
}

using FuturesBot.Adapters.Binance.Streams;

namespace FuturesBot.Bench;

/// <summary>Takes what the route of the books carries; passes over everything else.</summary>
internal abstract class BookEvents : IMarketEvents
{
    public abstract void OnDepth(DepthUpdate update);

    public virtual void OnBookTicker(in BookTicker ticker)
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

using FuturesBot.Adapters.Binance.Streams;

namespace FuturesBot.Bench;

/// <summary>Takes something of every event, and remembers whether anything was refused.</summary>
internal sealed class SummedEvents : IMarketEvents
{
    public long Sum { get; private set; }

    public int Refused { get; private set; }

    public void OnDepth(DepthUpdate update) => Sum += update.Bids.Length + update.Asks.Length;

    public void OnAggTrade(in AggTrade trade) => Sum += trade.EventMs & 1;

    public void OnKline(in KlineUpdate kline) => Sum += kline.EventMs & 1;

    public void OnBookTicker(in BookTicker ticker) => Sum += ticker.EventMs & 1;

    public void OnMarkPrice(in MarkPriceUpdate mark) => Sum += mark.EventMs & 1;

    public void OnAnswer(in StreamAnswer answer, ReadOnlySpan<byte> message) => Refused++;

    public void OnOther(StreamEventKind kind, ReadOnlySpan<byte> data) => Refused++;

    public void OnFault(StreamFault fault, ReadOnlySpan<byte> message) => Refused++;
}

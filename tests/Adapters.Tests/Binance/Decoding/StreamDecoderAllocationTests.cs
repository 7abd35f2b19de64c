using FuturesBot.Adapters.Binance.Streams;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Decoding;

public class StreamDecoderAllocationTests
{
    private const int Rounds = 200;

    [Fact]
    public void Decode_EveryKind_AllocatesNothing()
    {
        string[] kinds =
        [
            Messages.Depth, Messages.AggTrade, Messages.AggTradeOfToday, Messages.Kline, Messages.BookTicker,
            Messages.MarkPrice,
        ];
        var fast = kinds.SelectMany(m => new[] { m, Messages.Combined("btcusdt@depth", m) });
        var slow = kinds.Select(m => " " + m).Append(Messages.OrderUpdate).Append($"[{Messages.MarkPrice}]");
        var refused = kinds.Select(m => m.Replace("BTCUSDT", "NONE"));
        var messages = (byte[][])[.. fast.Concat(slow).Concat(refused).Select(Messages.Bytes)];
        var decoder = new StreamDecoder(Messages.Symbols());
        var events = new Counted();
        foreach (var message in messages) decoder.Decode(message, events);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var message in messages) decoder.Decode(message, events);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((Rounds + 1) * messages.Length, events.Count);
        Assert.Equal(2 * (Rounds + 1), decoder.Counters.Fast(StreamEventKind.Depth));
    }

    private sealed class Counted : IMarketEvents
    {
        public int Count { get; private set; }

        public void OnDepth(DepthUpdate update) => Count++;

        public void OnAggTrade(in AggTrade trade) => Count++;

        public void OnKline(in KlineUpdate kline) => Count++;

        public void OnBookTicker(in BookTicker ticker) => Count++;

        public void OnMarkPrice(in MarkPriceUpdate mark) => Count++;

        public void OnAnswer(in StreamAnswer answer, ReadOnlySpan<byte> message) => Count++;

        public void OnOther(StreamEventKind kind, ReadOnlySpan<byte> data) => Count++;

        public void OnFault(StreamFault fault, ReadOnlySpan<byte> message) => Count++;
    }
}

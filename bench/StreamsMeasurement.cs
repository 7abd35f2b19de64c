using System.Diagnostics;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;

namespace FuturesBot.Bench;

/// <summary>
/// The verb <c>streams</c>: each kind of message through our decoder, the library's reader and the library's model
/// binding, in turns, in one process. The minimum of many short rounds counts: whatever else the machine does can
/// only add to a round.
/// </summary>
internal static class StreamsMeasurement
{
    private const int Rounds = 4_000;

    public static int Run()
    {
        Console.WriteLine(
            $"{"ns per message",-16}{"bytes",6}{"ours",9}{"limit",9}{"reader",9}{"model",9}{"reader/ours",13}{"model/ours",12}{"allocated",11}");
        var holds = true;
        foreach (var kind in Kinds()) holds &= Measure(kind);
        Console.WriteLine(holds ? "all within their limits" : "MISSED");
        return holds ? 0 : 1;
    }

    internal static IEnumerable<Kind> Kinds() =>
    [
        new("depth, 60 levels", StreamMessages.Depth(), 900, m => ModelDecoder.Decode<ModelDecoder.Depth>(m)),
        new("aggTrade", StreamMessages.AggTrade(), 150, m => ModelDecoder.Decode<ModelDecoder.AggTrade>(m)),
        new("kline", StreamMessages.Kline(), 250, m => ModelDecoder.Decode<ModelDecoder.Kline>(m)),
        new("bookTicker", StreamMessages.BookTicker(), 150, m => ModelDecoder.Decode<ModelDecoder.BookTicker>(m)),
        new("markPrice", StreamMessages.MarkPrice(), 150, m => ModelDecoder.Decode<ModelDecoder.MarkPrice>(m)),
    ];

    private static bool Measure(Kind kind)
    {
        var symbols = new SymbolTable(Symbol.Btc);
        var (decoder, events, reader) = (new StreamDecoder(symbols), new SummedEvents(), new ReaderDecoder(symbols));
        Action[] ways =
        [
            () => Array.ForEach(kind.Messages, m => decoder.Decode(m, events)),
            () => Array.ForEach(kind.Messages, m => reader.Decode(m)),
            () => Array.ForEach(kind.Messages, m => kind.Bind(m)),
        ];
        var least = Enumerable.Repeat(double.MaxValue, ways.Length).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                if (way == 2 && round % 8 != 0) continue;   // many times slower: fewer rounds are as good
                var start = Stopwatch.GetTimestamp();
                ways[way]();
                var each = Stopwatch.GetElapsedTime(start).TotalNanoseconds / kind.Messages.Length;
                least[way] = Math.Min(least[way], each);
            }
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        ways[0]();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var bytes = kind.Messages.Average(m => m.Length);
        Console.WriteLine(
            $"{kind.Name,-16}{bytes,6:F0}{least[0],9:F0}{kind.LimitNs,9:F0}{least[1],9:F0}{least[2],9:F0}{least[1] / least[0],13:F2}{least[2] / least[0],12:F2}{allocated,11}");
        return least[0] <= kind.LimitNs && allocated == 0 && events.Refused == 0;
    }

    /// <param name="Name">For the table.</param>
    /// <param name="Messages">All of one kind.</param>
    /// <param name="LimitNs">What one message may take.</param>
    /// <param name="Bind">The usual way to read one.</param>
    internal sealed record Kind(string Name, byte[][] Messages, double LimitNs, Func<byte[], object> Bind);
}

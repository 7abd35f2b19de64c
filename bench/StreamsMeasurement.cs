using System.Diagnostics;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;

namespace FuturesBot.Bench;

/// <summary>
/// The verb <c>streams</c>: each kind of message through our decoder, the library's reader and the library's model
/// binding, in turns, in one process; then decoding and applying to order books. The minimum of many short rounds
/// counts: whatever else the machine does can only add to a round.
/// </summary>
internal static class StreamsMeasurement
{
    private const int Passes = 4;       // over all kinds: the compiler has time to finish what an early one began
    private const int Rounds = 1_000;
    private const int BindingRounds = 100;   // many times slower: fewer rounds are as good

    public static int Run()
    {
        var rows = Kinds().Select(kind => new Row(kind)).ToArray();
        for (var pass = 0; pass < Passes; pass++)
        {
            foreach (var row in rows) row.Measure();
        }

        Console.WriteLine(
            $"{"ns per message",-18}{"bytes",6}{"ours",7}{"limit",7}{"reader",8}{"model",8}"
            + $"{"reader/ours",13}{"model/ours",12}{"allocated",11}");
        foreach (var row in rows) Console.WriteLine(row);
        var holds = rows.All(row => row.Holds) & DecodeAndApply.Run();
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

    /// <param name="Name">For the table.</param>
    /// <param name="Messages">All of one kind.</param>
    /// <param name="LimitNs">What one message may take.</param>
    /// <param name="Bind">The usual way to read one.</param>
    internal sealed record Kind(string Name, byte[][] Messages, double LimitNs, Func<byte[], object> Bind);

    private sealed class Row
    {
        private readonly Kind _kind;
        private readonly StreamDecoder _decoder = new(new SymbolTable(Symbol.Btc));
        private readonly SummedEvents _events = new();
        private readonly Action[] _ways;
        private readonly double[] _least;
        private long _allocated;

        public Row(Kind kind)
        {
            var reader = new ReaderDecoder(_decoder.Symbols);
            _kind = kind;
            _ways =
            [
                () => Array.ForEach(kind.Messages, m => _decoder.Decode(m, _events)),
                () => Array.ForEach(kind.Messages, m => reader.Decode(m)),
                () => Array.ForEach(kind.Messages, m => kind.Bind(m)),
            ];
            _least = [.. _ways.Select(_ => double.MaxValue)];
        }

        public bool Holds => _least[0] <= _kind.LimitNs && _allocated == 0 && _events.Refused == 0;

        public void Measure()
        {
            for (var round = 0; round < Rounds; round++)
            {
                for (var way = 0; way < _ways.Length; way++)
                {
                    if (way < 2 || round < BindingRounds) _least[way] = Math.Min(_least[way], Time(_ways[way]));
                }
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            _ways[0]();
            _allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        public override string ToString() =>
            $"{_kind.Name,-18}{_kind.Messages.Average(m => m.Length),6:F0}{_least[0],7:F0}{_kind.LimitNs,7:F0}"
            + $"{_least[1],8:F0}{_least[2],8:F0}{_least[1] / _least[0],13:F2}{_least[2] / _least[0],12:F2}"
            + $"{_allocated,11}";

        private double Time(Action way)
        {
            var start = Stopwatch.GetTimestamp();
            way();
            return Stopwatch.GetElapsedTime(start).TotalNanoseconds / _kind.Messages.Length;
        }
    }
}

using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;
using FuturesBot.TestKit;

namespace FuturesBot.Bench;

/// <summary>
/// Messages decoded and applied to order books, on one core: of the recordings where they are on the machine, else
/// generated ones. Time is taken over stretches shorter than a time slice, and the least of each stretch counts.
/// </summary>
internal sealed class DecodeAndApply : IMarketEvents
{
    private const double PerSecondMin = 800_000;
    private const int Stretch = 64;
    private const int RoundsMin = 30;
    private const int DecodedMin = 1_000_000;   // until the compiler has done its best

    private readonly OrderBook[] _books;

    private DecodeAndApply(OrderBook[] books) => _books = books;

    private int Refused { get; set; }

    public static bool Run()
    {
        var all = SharedData.Root is null ? StreamMessages.Depth() : ReadRecordings();
        var depths = all.Where(m => m.AsSpan().IndexOf("depthUpdate"u8) >= 0).ToArray();
        var name = SharedData.Root is null ? "generated depth" : "recorded depth";
        Measure($"decode {name}", depths, applies: false);
        var holds = Measure($"decode and apply {name}", depths, applies: true) >= PerSecondMin;
        if (SharedData.Root is not null) Measure("decode and apply all that was recorded", all, applies: true);
        return holds;
    }

    public void OnDepth(DepthUpdate update)
    {
        if (_books.Length > 0) _books[update.SymbolIndex].Apply(update.Bids, update.Asks);
    }

    public void OnAggTrade(in AggTrade trade)
    {
    }

    public void OnKline(in KlineUpdate kline)
    {
    }

    public void OnBookTicker(in BookTicker ticker)
    {
    }

    public void OnMarkPrice(in MarkPriceUpdate mark)
    {
    }

    public void OnAnswer(in StreamAnswer answer, ReadOnlySpan<byte> message)
    {
    }

    public void OnOther(StreamEventKind kind, ReadOnlySpan<byte> data)
    {
    }

    public void OnFault(StreamFault fault, ReadOnlySpan<byte> message) => Refused++;

    /// <summary>Messages per second; 0 when any was refused.</summary>
    private static double Measure(string name, byte[][] messages, bool applies)
    {
        OrderBook[] books = applies ? [new(FixedPoint.One / 10), new(FixedPoint.One / 100)] : [];   // their ticks
        var events = new DecodeAndApply(books);
        var decoder = new StreamDecoder(new SymbolTable(Symbol.Btc, Symbol.Parse("ETHUSDT")));
        var least = Enumerable.Repeat(double.MaxValue, (messages.Length + Stretch - 1) / Stretch).ToArray();
        var rounds = Math.Max(RoundsMin, DecodedMin / messages.Length);
        var received = new byte[Stretch * messages.Max(m => m.Length)];
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < least.Length; i++)
            {
                var some = messages.AsSpan(i * Stretch, Math.Min(Stretch, messages.Length - (i * Stretch)));
                Receive(some, received);
                var start = Stopwatch.GetTimestamp();
                var at = 0;
                foreach (var message in some)
                {
                    decoder.Decode(received.AsSpan(at, message.Length), events);
                    at += message.Length;
                }

                least[i] = Math.Min(least[i], Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }

        var perSecond = messages.Length / least.Sum();
        Console.WriteLine(
            $"{name,-40}{perSecond,11:N0} messages/s {1e9 / perSecond,7:F0} ns each"
            + $"   ({messages.Length:N0} of {messages.Average(m => m.Length):F0} bytes)");
        return events.Refused == 0 ? perSecond : 0;
    }

    /// <summary>As a socket does it: the bytes are in the processor's cache when they are to be read.</summary>
    private static void Receive(ReadOnlySpan<byte[]> messages, byte[] into)
    {
        var at = 0;
        foreach (var message in messages)
        {
            message.CopyTo(into, at);
            at += message.Length;
        }
    }

    /// <summary>Lines of <c>&lt;nanoseconds&gt; &lt;message&gt;</c>; the snapshot among them is no stream message.</summary>
    private static byte[][] ReadRecordings() =>
    [
        .. Directory.EnumerateFiles(SharedData.Path("depth-btc-eth"), "*.raw.gz").Order().SelectMany(file =>
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        })
            .Select(line => line[(line.IndexOf(' ') + 1)..])
            .Where(message => message.StartsWith("{\"stream\"", StringComparison.Ordinal))
            .Select(Encoding.UTF8.GetBytes),
    ];
}

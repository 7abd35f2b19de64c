using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;

namespace FuturesBot.Bench;

/// <summary>
/// The verb <c>book</c>: over recorded streams, in turns in one process, the order book beside a plain array; then from
/// the bytes to the book, and what is read from a warm one. Proves first that book and array say the same after each
/// update and that ours allocates nothing.
/// </summary>
internal static class BookMeasurement
{
    private const int Passes = 101;
    private const int PartUpdates = 500;
    private const int PartMessages = 100;
    private const int Reads = 1_000;
    private const double RatioMax = 1.1;
    private const double ImbalanceNsMax = 40;
    private const double MessagesPerSecondMin = 800_000;

    public static int Run(string? folder)
    {
        var recordings = RecordedDepth.Load(folder);
        if (recordings.Length == 0)
        {
            Console.Error.WriteLine($"There is no *.raw.gz in '{folder}'");
            return 2;
        }

        Console.WriteLine($"{Passes} passes, the least of each part, medians in brackets");
        Console.WriteLine($"a new book takes {new OrderBook(FixedPoint.One / 10).Bytes:N0} bytes");
        var applied = recordings.Select(Apply).ToArray();
        var ratio = applied.Sum(times => times.BookNs) / applied.Sum(times => times.PlainNs);
        var imbalance = recordings.Max(Features);
        var slowest = recordings.Min(Decode);

        var holds = Verdict("apply, all recordings, to the plain array", ratio, RatioMax, ratio <= RatioMax, "F2");
        holds &= Verdict("imbalance of 20 levels, ns", imbalance, ImbalanceNsMax, imbalance <= ImbalanceNsMax, "F1");
        holds &= Verdict(
            "decode and apply, depth messages a second", slowest, MessagesPerSecondMin, slowest >= MessagesPerSecondMin, "N0");
        return holds ? 0 : 1;
    }

    private static bool Verdict(string what, double value, double wanted, bool holds, string format)
    {
        Console.WriteLine(
            $"{what}: {value.ToString(format)}, wanted {wanted.ToString(format)}: {(holds ? "holds" : "MISSED")}");
        return holds;
    }

    /// <summary>Nanoseconds for all levels of the recording: the plain array and the book.</summary>
    private static (double PlainNs, double BookNs) Apply(RecordedDepth recording)
    {
        var plain = new PlainArrayBook(recording);
        var book = new OrderBook(recording.TickSize);
        Prove(recording, plain, book);

        var parts = recording.Updates.Chunk(PartUpdates).ToArray();
        var times = InTurns.Measure(
            Passes,
            parts.Length,
            begin: () =>
            {
                plain.Reset();
                book.Reset();
            },
            part =>
            {
                foreach (var update in parts[part]) plain.Apply(update.Bids, update.Asks);
            },
            part =>
            {
                foreach (var update in parts[part]) book.Apply(update.Bids, update.Asks);
            });

        var (count, levels) = (recording.Updates.Length, book.BidLevels + book.AskLevels);
        Console.WriteLine($"{recording.Name}: {count:N0} updates of {recording.Changes / (double)count:F0} levels");
        Console.WriteLine($"  plain array {times.Per(0, recording.Changes)} ns a level, {plain.Bytes:N0} bytes");
        Console.WriteLine(
            $"  order book  {times.Per(1, recording.Changes)} ns a level, {book.Bytes:N0} bytes with {levels:N0} levels, "
            + $"ratio {times.Least(1) / times.Least(0):F2}");
        return (times.Least(0), times.Least(1));
    }

    private static void Prove(RecordedDepth recording, PlainArrayBook plain, OrderBook book)
    {
        foreach (var update in recording.Updates)
        {
            plain.Apply(update.Bids, update.Asks);
            book.Apply(update.Bids, update.Asks);
            if (plain.Best != (book.BestBid, book.BestBidQuantity, book.BestAsk, book.BestAskQuantity))
                throw new InvalidOperationException($"{recording.Name}: the two differ at update {update.LastId}");
        }

        book.Reset();
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var update in recording.Updates) book.Apply(update.Bids, update.Asks);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated != 0) throw new InvalidOperationException($"{recording.Name}: {allocated} bytes allocated");
    }

    /// <summary>Nanoseconds that the imbalance of 20 levels takes on the book at the recording's end.</summary>
    private static double Features(RecordedDepth recording)
    {
        var decoded = new DecodedBook(recording);
        decoded.Take(recording.DepthMessages);
        var features = decoded.Sync.FeaturesAt(recording.Updates[^1].EventMs);
        if (!features.Available) throw new InvalidOperationException($"{recording.Name}: the book is {decoded.Sync.Trust}");

        var sum = 0.0;
        var times = InTurns.Measure(
            Passes * 10,
            parts: 1,
            begin: () => { },
            _ =>
            {
                for (var i = 0; i < Reads; i++) sum += features.LevelImbalance(20);
            },
            _ =>
            {
                for (var i = 0; i < Reads / 10; i++) sum += features.Imbalance;
            },
            _ =>
            {
                for (var i = 0; i < Reads; i++) sum += features.OrderFlow(30);
            });
        if (double.IsNaN(sum)) throw new InvalidOperationException($"{recording.Name}: a feature is unavailable");

        Console.WriteLine(
            $"{recording.Name}: imbalance of 20 levels {times.Per(0, Reads)} ns, weighted within 50 bp "
            + $"{times.Per(1, Reads / 10)} ns, order flow of 30 s {times.Per(2, Reads)} ns");
        return times.Least(0) / Reads;
    }

    /// <summary>Depth messages a second on one core, from their bytes to the book.</summary>
    private static double Decode(RecordedDepth recording)
    {
        var (book, both) = (new DecodedBook(recording), new DecodedBook(recording));
        book.Take(recording.DepthMessages);
        book.Begin(recording.Updates[0]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        book.Take(recording.DepthMessages);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        var sink = new Nowhere();
        var decoder = new StreamDecoder(new(recording.Symbol));
        var parts = recording.DepthMessages.Chunk(PartMessages).ToArray();
        var bookParts = recording.BookMessages.Chunk((recording.BookMessages.Length / parts.Length) + 1).ToArray();
        var times = InTurns.Measure(
            Passes,
            parts.Length,
            begin: () =>
            {
                book.Begin(recording.Updates[0]);
                both.Begin(recording.Updates[0]);
            },
            part => book.Take(parts[part]),
            part =>
            {
                if (part < bookParts.Length) both.Take(bookParts[part]);
            },
            part =>
            {
                foreach (var message in parts[part]) decoder.Decode(message, sink);
            });

        var messages = recording.DepthMessages.Length;
        var bytes = recording.DepthMessages.Sum(message => (double)message.Length) / messages;
        var rate = messages / times.Least(0) * 1e9;
        Console.WriteLine(
            $"{recording.Name}: {rate:N0} depth messages a second decoded and applied: {times.Per(0, messages)} ns each "
            + $"of {bytes:N0} bytes, {times.Per(2, messages)} ns of it decoding; {allocated} bytes allocated");
        Console.WriteLine(
            $"  with the messages of best prices {recording.BookMessages.Length / times.Least(1) * 1e9:N0} a second");
        return rate;
    }

    private sealed class Nowhere : BookEvents
    {
        public override void OnDepth(DepthUpdate update)
        {
        }
    }
}

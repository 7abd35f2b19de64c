using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Adapters.Files;
using FuturesBot.Domain.Market;
using FuturesBot.TestKit;

namespace FuturesBot.Bench;

/// <summary>The messages of one symbol's recorded streams, in memory.</summary>
/// <param name="Name">The file's.</param>
/// <param name="Symbol">Whose.</param>
/// <param name="TickSize">The grid that all prices lie on, units of 10⁻⁸ quote.</param>
/// <param name="DepthMessages">The updates of the book as they were sent.</param>
/// <param name="BookMessages">What the route of the books carries: these and the best prices.</param>
/// <param name="Updates">The updates, decoded.</param>
internal sealed record RecordedDepth(
    string Name, Symbol Symbol, long TickSize, byte[][] DepthMessages, byte[][] BookMessages, DepthUpdate[] Updates)
{
    /// <summary>Levels in all updates.</summary>
    public int Changes { get; } = Updates.Sum(update => update.Bids.Length + update.Asks.Length);

    /// <summary>
    /// The recordings of a folder; without one, those that lie beside the repository. Where there are none, and when
    /// <c>generated</c> is asked for, a generated one.
    /// </summary>
    public static RecordedDepth[] Load(string? folder)
    {
        folder ??= SharedData.Root is null ? "generated" : SharedData.Path("depth-btc-eth");
        if (folder == "generated") return [GeneratedDepth.Make()];
        if (!Directory.Exists(folder)) return [];
        return [.. Directory.GetFiles(folder, "*.raw.gz").Order(StringComparer.Ordinal).Select(Read)];
    }

    /// <summary>Sorts messages by what a decoder says they are.</summary>
    public static RecordedDepth Of(string name, Symbol symbol, long tickSize, IEnumerable<byte[]> messages)
    {
        var decoder = new StreamDecoder(new(symbol));
        var sorter = new Sorter();
        foreach (var message in messages)
        {
            sorter.Message = message;
            decoder.Decode(message, sorter);
        }

        return new(name, symbol, tickSize, [.. sorter.Depth], [.. sorter.Book], [.. sorter.Updates]);
    }

    private static RecordedDepth Read(string path)
    {
        var messages = new List<byte[]>();
        using var reader = new DepthRecordingReader(path);
        while (reader.TryRead(out var message)) messages.Add(message.ToArray());
        var replayed = DepthRecordingReplay.Run(path);
        return Of(Path.GetFileName(path), replayed.Symbol!.Value, replayed.TickSize, messages);
    }

    private sealed class Sorter : BookEvents
    {
        public byte[] Message { get; set; } = [];

        public List<byte[]> Depth { get; } = [];

        public List<byte[]> Book { get; } = [];

        public List<DepthUpdate> Updates { get; } = [];

        public override void OnDepth(DepthUpdate update)
        {
            Updates.Add(update.Copy());
            Depth.Add(Message);
            Book.Add(Message);
        }

        public override void OnBookTicker(in BookTicker ticker) => Book.Add(Message);
    }
}

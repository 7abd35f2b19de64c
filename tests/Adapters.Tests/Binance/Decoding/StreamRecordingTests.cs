using System.IO.Compression;
using System.Text;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Decoding;

/// <summary>Every line of the raw recordings, held against <see cref="ReferenceDecoder"/>.</summary>
public class StreamRecordingTests
{
    public static bool HasRecordings => SharedData.Root is not null;

    [Theory(Skip = SharedData.Absent, SkipUnless = nameof(HasRecordings))]
    [InlineData("um_btcusdt_20240808.raw.gz", 6_551, 66_089, 21_313)]
    [InlineData("um_ethusdt_20240808.raw.gz", 6_586, 53_992, 14_076)]
    public void Decode_WholeRecording_DiffersNowhereFromTheReference(string file, int depths, int tickers, int trades)
    {
        var symbols = Messages.Symbols();
        var decoder = new StreamDecoder(symbols);
        var reference = new ReferenceDecoder(symbols);
        foreach (var message in ReadMessages(file))
            Assert.Equal(reference.Read(message), RecordedEvents.Of(decoder, message));

        var counters = decoder.Counters;
        Assert.Equal(depths, counters.Fast(StreamEventKind.Depth));
        Assert.Equal(tickers, counters.Fast(StreamEventKind.BookTicker));
        Assert.Equal(trades, counters.Slow(StreamEventKind.Trade));
        Assert.Equal(0, counters.Slow(StreamEventKind.Depth) + counters.Slow(StreamEventKind.BookTicker));

        // The snapshot of the book that the recording holds is no event; nothing else is refused.
        var faults = Enum.GetValues<StreamFault>().Where(f => counters.Faults(f) > 0).ToArray();
        Assert.Equal([StreamFault.NotAnEvent], faults);
        Assert.Equal(1, counters.Faults(StreamFault.NotAnEvent));
    }

    /// <summary>Lines of <c>&lt;nanoseconds&gt; &lt;message&gt;</c>.</summary>
    private static IEnumerable<byte[]> ReadMessages(string file)
    {
        using var zipped = File.OpenRead(SharedData.Path("depth-btc-eth", file));
        using var reader = new StreamReader(new GZipStream(zipped, CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
            yield return Encoding.UTF8.GetBytes(line[(line.IndexOf(' ') + 1)..]);
    }
}

using BenchmarkDotNet.Attributes;
using FuturesBot.Domain.Market;

namespace FuturesBot.Bench;

/// <summary>The order book for BenchmarkDotNet: per level, per message, per reading.</summary>
[MemoryDiagnoser]
public class BookBenchmarks
{
    private RecordedDepth _recording = null!;
    private PlainArrayBook _plain = null!;
    private OrderBook _book = null!;
    private DecodedBook _decoded = null!;
    private BookFeatures _features;

    [GlobalSetup]
    public void Load()
    {
        _recording = RecordedDepth.Load(null)[0];
        _plain = new(_recording);
        _book = new(_recording.TickSize);
        _decoded = new(_recording);
        var warm = new DecodedBook(_recording);
        warm.Take(_recording.DepthMessages);
        _features = warm.Sync.FeaturesAt(_recording.Updates[^1].EventMs);
    }

    /// <summary>All updates of the recording.</summary>
    [Benchmark(Baseline = true)]
    public void PlainArray()
    {
        foreach (var update in _recording.Updates) _plain.Apply(update.Bids, update.Asks);
    }

    [Benchmark]
    public void Book()
    {
        foreach (var update in _recording.Updates) _book.Apply(update.Bids, update.Asks);
    }

    [Benchmark]
    public void DecodeAndApply()
    {
        _decoded.Begin(_recording.Updates[0]);
        _decoded.Take(_recording.DepthMessages);
    }

    [Benchmark]
    public double Imbalance20() => _features.LevelImbalance(20);

    [Benchmark]
    public double WeightedImbalance() => _features.Imbalance;

    [Benchmark]
    public double OrderFlow30() => _features.OrderFlow(30);
}

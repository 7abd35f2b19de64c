using BenchmarkDotNet.Attributes;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;

namespace FuturesBot.Bench;

/// <summary>Reading stream messages, with allocations. The quick form: the verb <c>streams</c>.</summary>
[MemoryDiagnoser]
public class StreamBenchmarks
{
    private static readonly SymbolTable Symbols = new(Symbol.Btc);

    private readonly StreamDecoder _decoder = new(Symbols);
    private readonly SummedEvents _events = new();
    private readonly ReaderDecoder _reader = new(Symbols);
    private StreamsMeasurement.Kind _kind = StreamsMeasurement.Kinds().First();

    [ParamsSource(nameof(Names))]
    public string Kind { get; set; } = "";

    public IEnumerable<string> Names => StreamsMeasurement.Kinds().Select(kind => kind.Name);

    [GlobalSetup]
    public void Choose() => _kind = StreamsMeasurement.Kinds().Single(kind => kind.Name == Kind);

    [Benchmark(OperationsPerInvoke = StreamMessages.Count)]
    public void Ours()
    {
        foreach (var message in _kind.Messages) _decoder.Decode(message, _events);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = StreamMessages.Count)]
    public void Utf8JsonReader()
    {
        foreach (var message in _kind.Messages) _reader.Decode(message);
    }

    [Benchmark(OperationsPerInvoke = StreamMessages.Count)]
    public void ModelBinding()
    {
        foreach (var message in _kind.Messages) _kind.Bind(message);
    }
}

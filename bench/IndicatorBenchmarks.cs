using BenchmarkDotNet.Attributes;
using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Bench;

/// <summary>The nine indicators over 8,192 candles, with allocations. The quick form: the verb <c>nine</c>.</summary>
[MemoryDiagnoser]
public class IndicatorBenchmarks
{
    private readonly Candle[] _bars = BenchMarket.Bars(8_192);
    private readonly NineRow[] _rows = new NineRow[1_024];
    private readonly CoreReading[] _readings = new CoreReading[1_024];
    private readonly SeparateNine _nine = new();
    private readonly CoreStudies _studies = new();

    [Benchmark(Baseline = true)]
    public void FusedLoopByHand() => FusedNine.Run(_bars, _rows);

    [Benchmark]
    public void CoreStudies() => NineMeasurement.Shared(_studies, _bars, _readings);

    [Benchmark]
    public void NineClasses() => NineMeasurement.Separate(_nine, _bars, _rows);
}

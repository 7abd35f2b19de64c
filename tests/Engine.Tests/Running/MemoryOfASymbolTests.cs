using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Running;

/// <summary>
/// The sidecar follows five hundred symbols in half a GiB, of which 256 MiB are its heap. What it holds of each is counted here, by what the
/// making allocates: no clock, no collector and no other thread has a part in it.
/// </summary>
public sealed class MemoryOfASymbolTests
{
    private const int Symbols = 10;
    private const int CandlesOfAFrame = 800;
    private const int Bars = 400;

    private static readonly SymbolListing[] Listings =
        [.. Enumerable.Range(0, Symbols).Select(i => new SymbolListing(i == 0 ? Symbol.Btc : Symbol.Parse($"X{i}USDT"), SymbolRules.FromTick(0.01m)))];

    private static readonly Candle[] Past = GoldenMarket.Bars(CandlesOfAFrame, TimeFrame.H1);

    [Fact]
    public void Kernel_OfASymbol_TakesLessThan150Kb()
    {
        var warm = Live(new Pipeline(KernelOptions.Default, Listings, PipelineDepth.Exhaustive, new Silent()));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var pipeline = Live(new Pipeline(KernelOptions.Default, Listings, PipelineDepth.Exhaustive, new Silent()));

        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Symbols;
        TestContext.Current.TestOutputHelper?.WriteLine($"{each:N0} bytes a symbol");
        Assert.Equal(warm.Desks.Count, pipeline.Desks.Count);
        Assert.InRange(each, 0, 150_000);
    }

    [Fact]
    public void Candles_OfASymbol_TakeLessThan20Kb()
    {
        Fill(new CandleShelf(0, ShelfDepth.OnDemand(500, 48, 721)));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var shelf = new CandleShelf(0, ShelfDepth.OnDemand(500, 48, 721));
        Fill(shelf);

        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Symbols;
        TestContext.Current.TestOutputHelper?.WriteLine($"{each:N0} bytes a symbol");
        Assert.Equal(Past[^1], shelf.Last(new(Listings[^1].Symbol, TimeFrame.D1)));
        Assert.InRange(each, 0, 20_000);
    }

    private static Pipeline Live(Pipeline pipeline)
    {
        for (var i = 0; i < Bars; i++)
        {
            for (var desk = 0; desk < Symbols; desk++)
            {
                foreach (var frame in (TimeFrame[])[TimeFrame.H4, TimeFrame.H1, TimeFrame.M15])
                    pipeline.WarmUp(desk, frame, Past[i] with { OpenTimeMs = i * frame.Ms() }, btcHour: default);
            }
        }

        return pipeline;
    }

    private static void Fill(CandleShelf shelf)
    {
        foreach (var listing in Listings)
        {
            foreach (var frame in TimeFrames.All) shelf.Restore(new(listing.Symbol, frame), Past);
        }
    }

    private sealed class Silent : IPipelineSink
    {
        public void Asked(SymbolDesk desk, long closeMs, DecisionLog log)
        {
        }

        public string Decided(DecisionRecord decision) => "";

        public void Moved(Domain.Signals.SignalEvent what, Domain.Signals.SignalState now)
        {
        }
    }
}

using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Running;

/// <summary>A symbol that had left and comes back: the store still has what was read before, with a hole behind it.</summary>
public sealed class ReturningSymbolTests
{
    private static readonly Symbol Eth = Symbol.Parse("ETHUSDT");
    private static readonly SymbolListing Listed = new(Eth, SymbolRules.FromTick(0.01m));
    private static readonly long EndMs = 300 * TimeFrame.D1.Ms();
    private static readonly (TimeFrame Frame, int Bars)[] WarmUp = [(TimeFrame.M15, 1_500), (TimeFrame.H1, 1_500), (TimeFrame.H4, 1_500), (TimeFrame.D1, 100)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AdmitAsync_WithAHoleBehindWhatWasReadBeforeItLeft_RipensAsOneThatIsNew()
    {
        var fresh = new MemoryCandleStore();
        await WarmAsync(fresh);
        var returned = new MemoryCandleStore();
        await returned.AppendAsync(new(Eth, TimeFrame.M15), GoldenMarket.Bars(400, openTimeMs: EndMs - (40 * TimeFrame.D1.Ms())), Cancel);
        await returned.AppendAsync(new(Eth, TimeFrame.H1), GoldenMarket.Bars(200, TimeFrame.H1, EndMs - (100 * TimeFrame.D1.Ms())), Cancel);
        await WarmAsync(returned);

        using var expected = await AdmittedAsync(fresh);
        using var runner = await AdmittedAsync(returned);

        Assert.Equal(0, runner.Pipeline.Desk(Eth).Restarts);
        Assert.Equal(StateSaver.Save(expected.Pipeline), StateSaver.Save(runner.Pipeline));
    }

    private static async Task WarmAsync(MemoryCandleStore store)
    {
        foreach (var (frame, bars) in WarmUp)
            await store.AppendAsync(new SeriesInfo(Eth, frame), GoldenMarket.Bars(bars, frame, EndMs - (bars * frame.Ms())), Cancel);
    }

    private static async Task<MarketRunner> AdmittedAsync(MemoryCandleStore candles)
    {
        var runner = new MarketRunner(new()
        {
            Identity = new("exchange", 0, "", EndMs, EndMs, EndMs),
            Options = KernelOptions.Default,
            Feed = new BatchFeed([], EndMs),
            Signals = new MemorySignalStore(candles),
            Candles = candles,
            Ledger = new MemoryStream(),
            Effects = null!,
            Time = new ManualTime(),
        });
        await runner.RestoreAsync(Cancel);
        await runner.AdmitAsync(Listed, EndMs, Cancel);
        return runner;
    }
}

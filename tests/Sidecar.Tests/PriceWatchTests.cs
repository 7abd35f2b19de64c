using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FuturesBot.Sidecar.Tests;

public sealed class PriceWatchTests
{
    private static readonly long Minute = TimeFrame.M1.Ms();
    private static readonly SeriesInfo Series = new(Symbol.Parse("ETHUSDT"), TimeFrame.M1);

    private readonly MemoryCandleStore _candles = new();
    private readonly Kept _kept = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watch_AMinuteThatHasClosedAndIsNotStoredYet_CountsTwoWays()
    {
        var watch = new PriceWatch(_kept, _candles, NullLogger.Instance);
        await _candles.AppendAsync(Series, new[] { Bar(0, high: 101, low: 99) }, Cancel);
        watch.Hear(new(Series, Bar(0, high: 101, low: 99), IsClosed: true, Minute));
        watch.Hear(new(Series, Bar(1, high: 105, low: 100), IsClosed: true, 2 * Minute));   // its closing time is on its way to the store
        watch.Hear(new(Series, Bar(2, high: 103, low: 98), IsClosed: false, (2 * Minute) + 1_000));

        var outcome = await watch.WatchAsync(
            new("s1", Series.Symbol, SinceMs: 0, [new("tp1", 104m, FromBelow: true), new("stop", 90m, FromBelow: false)]), Cancel);

        Assert.Equal(new(Refusal: null, 98m, 105m), outcome);
        Assert.Equal(["tp1"], Assert.Single(_kept.Saved).Told);
    }

    [Fact]
    public async Task Watch_BeforeAnythingIsKnown_SaysSo()
    {
        var watch = new PriceWatch(_kept, _candles, NullLogger.Instance);
        watch.Hear(new(Series, Bar(1, high: 105, low: 100), IsClosed: true, 2 * Minute));

        var outcome = await watch.WatchAsync(new("s1", Series.Symbol, SinceMs: 5 * Minute, [new("tp1", 104m, FromBelow: true)]), Cancel);

        Assert.Equal(new(Refusal: null), outcome);
        Assert.Empty(Assert.Single(_kept.Saved).Told);
    }

    private static Candle Bar(int minute, double high, double low) => new(minute * Minute, 100, high, low, 100, 10, 1_000, 5, 3);

    private sealed class Kept : IWatchStore
    {
        public List<WatchedSignal> Saved { get; } = [];

        public Task<IReadOnlyList<WatchedSignal>> LoadAsync(CancellationToken cancel = default) => Task.FromResult<IReadOnlyList<WatchedSignal>>(Saved);

        public Task SaveAsync(WatchedSignal watched, CancellationToken cancel = default)
        {
            Saved.Add(watched);
            return Task.CompletedTask;
        }

        public Task RemoveAsync(string signalId, CancellationToken cancel = default) => Task.CompletedTask;
    }
}

using FuturesBot.Adapters.Binance;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance;

public sealed class ExchangeClockTests
{
    private readonly ManualTime _time = new();

    private long WallMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public void Now_BeforeTheFirstReading_IsWallTime()
    {
        using var clock = new ExchangeClock(_time);

        Assert.Equal(WallMs, clock.NowMs);
        Assert.False(clock.IsSynchronised);
        Assert.Null(clock.Offset);
    }

    [Theory]
    // there, back (ms): the exchange reads its clock in between
    [InlineData(40, 40, 0)]
    [InlineData(100, 20, 40)]   // uneven ways mislead by half of their difference, and no more
    public async Task Synchronise_TakesTheMiddleOfTheWay(int there, int back, int error)
    {
        using var clock = new ExchangeClock(_time);
        await clock.SynchroniseAsync(Reader(skewMs: 12_345, (there, back)), clock.Version, TestContext.Current.CancellationToken);

        Assert.Equal(WallMs + 12_345 + error, clock.NowMs);
        Assert.Equal((there + back) / 2.0, clock.UncertaintyMs);
        Assert.Equal(12_345 + error, clock.Offset!.Value.TotalMilliseconds);
    }

    [Fact]
    public async Task Synchronise_OneSlowAnswer_MovesNothing()
    {
        using var clock = new ExchangeClock(_time);
        await clock.SynchroniseAsync(
            Reader(skewMs: -700, (20, 20), (20, 20), (3_000, 20), (20, 20), (20, 2_000)), clock.Version, TestContext.Current.CancellationToken);

        Assert.Equal(WallMs - 700, clock.NowMs);
        Assert.Equal(20, clock.UncertaintyMs);
    }

    [Fact]
    public async Task Now_OfAFastExchange_RunsAtItsSpeed()
    {
        using var clock = new ExchangeClock(_time, speed: 60);
        var start = WallMs;
        long Market() => 1_000_000_000_000 + ((WallMs - start) * 60);
        await clock.SynchroniseAsync(
            async _ =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(3));
                var market = Market();
                await Task.Yield();
                _time.Advance(TimeSpan.FromMilliseconds(3));
                return market;
            },
            clock.Version, TestContext.Current.CancellationToken);

        Assert.Equal(Market(), clock.NowMs);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Market(), clock.NowMs);
        Assert.Null(clock.Offset);   // the two clocks have no fixed distance
        Assert.Equal(60, clock.Speed);
    }

    [Fact]
    public async Task Synchronise_TwoReadingsFail_TheOthersAreEnough()
    {
        using var clock = new ExchangeClock(_time);
        var turn = 0;
        await clock.SynchroniseAsync(
            _ => turn++ is 1 or 3 ? throw new ExchangeException(ExchangeFault.Unreachable, "gone") : Task.FromResult(WallMs + 5),
            clock.Version, TestContext.Current.CancellationToken);

        Assert.Equal(WallMs + 5, clock.NowMs);
    }

    [Fact]
    public async Task Synchronise_ThreeReadingsFail_TheOldReadingStays()
    {
        using var clock = new ExchangeClock(_time);
        await clock.SynchroniseAsync(Reader(50, (1, 1)), clock.Version, TestContext.Current.CancellationToken);
        var asked = 0;

        await Assert.ThrowsAsync<ExchangeException>(() => clock.SynchroniseAsync(
            _ => ++asked > 0 ? throw new ExchangeException(ExchangeFault.Unreachable, "gone") : Task.FromResult(0L), clock.Version, TestContext.Current.CancellationToken));

        Assert.Equal(3, asked);
        Assert.Equal(WallMs + 50, clock.NowMs);
    }

    [Fact]
    public async Task Synchronise_ManyAtOnce_ReadTheClockOnce()
    {
        using var clock = new ExchangeClock(_time);
        var asked = 0;
        var gate = new TaskCompletionSource();
        async Task<long> Read(CancellationToken cancel)
        {
            Interlocked.Increment(ref asked);
            await gate.Task;
            return WallMs;
        }

        var all = Enumerable.Range(0, 10).Select(_ => clock.SynchroniseAsync(Read, seen: 0, TestContext.Current.CancellationToken)).ToArray();
        gate.SetResult();
        await Task.WhenAll(all);

        Assert.Equal(ExchangeClock.Readings, asked);
        Assert.Equal(1, clock.Version);
    }

    private Func<CancellationToken, Task<long>> Reader(long skewMs, params (int There, int Back)[] ways)
    {
        var turn = 0;
        return _ =>
        {
            var (there, back) = ways[turn++ % ways.Length];
            _time.Advance(TimeSpan.FromMilliseconds(there));
            var market = WallMs + skewMs;
            _time.Advance(TimeSpan.FromMilliseconds(back));
            return Task.FromResult(market);
        };
    }
}

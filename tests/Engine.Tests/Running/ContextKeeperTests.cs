using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Running;

public sealed class ContextKeeperTests
{
    private const long Midnight = 1_767_225_600_000;   // 2026-01-01T00:00Z
    private const long Quarter = 900_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_WithHistory_GivesTheChangeOfTheBarAndItsRank()
    {
        var world = new World();
        for (var i = 0; i <= 200; i++) world.Interest.Add((Midnight + (i * Quarter), 1_000 + (i % 2)));   // ±0.1 %
        world.Interest.Add((Midnight + (201 * Quarter), 1_020));
        world.NowMs = Midnight + (201 * Quarter);
        var keeper = world.Keeper();
        await keeper.SeedAsync([Symbol.Btc], Cancel);

        var context = keeper.Of(Symbol.Btc, Midnight + (201 * Quarter));

        Assert.Equal(0.02, context.OpenInterestChange, precision: 12);   // 1,000 → 1,020
        Assert.Equal(100, context.OpenInterestChangeRank);
        Assert.True(double.IsNaN(keeper.Of(Symbol.Btc, Midnight + (203 * Quarter)).OpenInterestChange));   // not read yet
        Assert.True(double.IsNaN(keeper.Of(Symbol.Parse("ETHUSDT"), Midnight).OpenInterestChange));
    }

    [Fact]
    public async Task Of_FundingOfThirtyDays_IsAZScoreOfTheLastSettledRate()
    {
        var world = new World { NowMs = Midnight + (100 * 28_800_000L) };
        for (var i = 1; i <= 100; i++) world.Rates.Add((Midnight + (i * 28_800_000L), i == 100 ? 0.0009 : 0.0001 * (i % 2)));
        var keeper = world.Keeper();
        await keeper.SeedAsync([Symbol.Btc], Cancel);

        var recent = world.Rates.TakeLast(90).Select(rate => rate.Rate).ToArray();   // 30 days of three a day
        var mean = recent.Sum() / 90;
        var expected = (0.0009 - mean) / Math.Sqrt(recent.Sum(rate => Math.Pow(rate - mean, 2)) / 90);
        Assert.Equal(expected, keeper.Of(Symbol.Btc, world.NowMs).FundingZ, precision: 9);
        Assert.True(double.IsNaN(keeper.Of(Symbol.Btc, Midnight + 1).FundingZ));   // nothing had been settled
    }

    [Fact]
    public async Task Of_NothingCanBeRead_IsUnavailableAndNeverZero()
    {
        var world = new World { Fails = true, NowMs = Midnight };
        var keeper = world.Keeper();
        await keeper.SeedAsync([Symbol.Btc], Cancel);

        Assert.Equal(Domain.Analysis.MarketContext.Unavailable, keeper.Of(Symbol.Btc, Midnight));
        Assert.Equal(2, keeper.Failures);
    }

    [Fact]
    public async Task RunAsync_BeforeEachQuarter_ReadsOpenInterestOnce()
    {
        var world = new World { NowMs = Midnight };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var keeper = world.Keeper();
        var running = keeper.RunAsync(() => [Symbol.Btc], stop.Token);
        for (var i = 0; i < 3_600; i++) await world.PassAsync(TimeSpan.FromSeconds(1));
        await stop.CancelAsync();
        await running;

        Assert.Equal(4, world.Reads.Count);
        Assert.All(world.Reads, at => Assert.InRange((Midnight + (4 * Quarter) - at) % Quarter, 19_000, 20_000));
        Assert.Equal(0, keeper.Of(Symbol.Btc, Midnight + (2 * Quarter)).OpenInterestChange);   // read twice, and alike
    }

    private sealed class World : IPositioning, IExchangeClock
    {
        private readonly ManualTime _time = new();
        private long? _offset;

        public List<(long, double)> Interest { get; } = [];

        public List<(long TimeMs, double Rate)> Rates { get; } = [];

        public List<long> Reads { get; } = [];

        public bool Fails { get; init; }

        public double Speed => 1;

        public long NowMs
        {
            get => _time.GetUtcNow().ToUnixTimeMilliseconds() + _offset ?? 0;
            set => _offset = value - _time.GetUtcNow().ToUnixTimeMilliseconds();
        }

        public ContextKeeper Keeper() => new(new(), this, books: null, this, _time);

        public async Task PassAsync(TimeSpan span)
        {
            _time.Advance(span);
            for (var i = 0; i < 1_000 && _time.TimersWaiting == 0; i++) await Task.Delay(1, Cancel);
        }

        public Task<double> OpenInterestAsync(Symbol symbol, CancellationToken cancel = default)
        {
            Reads.Add(NowMs);
            return Task.FromResult(1_000d);
        }

        public Task<IReadOnlyList<(long TimeMs, double OpenInterest)>> OpenInterestHistoryAsync(
            Symbol symbol, TimeFrame frame, int limit, CancellationToken cancel = default) =>
            Fails ? throw new HttpRequestException("away") : Task.FromResult<IReadOnlyList<(long, double)>>(Interest);

        public Task<IReadOnlyList<(long TimeMs, double Rate)>> FundingRatesAsync(
            Symbol symbol, int limit, CancellationToken cancel = default) =>
            Fails ? throw new HttpRequestException("away") : Task.FromResult<IReadOnlyList<(long, double)>>(Rates);
    }
}

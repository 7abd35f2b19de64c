using FuturesBot.Dashboard;
using FuturesBot.Dashboard.Running;
using FuturesBot.Domain;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FuturesBot.Sidecar.Tests;

/// <summary>What the page shows of the parts between two looks, which are half a minute apart.</summary>
public sealed class PartsWatchTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly Signs _signs = new();
    private readonly Follower _follower;
    private readonly PartsWatch _watch;
    private bool _isHolder;
    private long _head;

    public PartsWatchTests()
    {
        var candles = new MemoryCandleStore();
        var identity = new RunIdentity("simulated", 5, "", 0, 0, 0);
        _follower = new(new()
        {
            Shard = "main",
            Options = KernelOptions.Default,
            Log = new MemoryBatchLog(new ShardSetup(identity, [])),
            Committed = new MemorySignalStore(candles),
            Candles = candles,
            Time = _time,
        });
        _watch = new(
            _signs, new NoPoison(), _follower, _ => Task.CompletedTask, () => _head, () => _isHolder, new NoAlerts(), TimeSpan.FromSeconds(30),
            NullLogger.Instance, _time);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _follower.Dispose();

    [Fact]
    public async Task Beats_TheMarketIsTakenBetweenTwoLooks_ShowThisProcessAsItIsNowWithoutALook()
    {
        await _watch.LookAsync(Cancel);
        var (before, asked) = (Of(BeatViews.Standby), _signs.Asked);

        _time.Advance(TimeSpan.FromSeconds(12));
        _isHolder = true;

        Assert.Equal((PartState.Working, 0.0), (before!.State, before.AgeSeconds));
        Assert.Equal((PartState.Working, 0.0), (Of(PartsWatch.Component)!.State, Of(PartsWatch.Component)!.AgeSeconds));
        Assert.Null(Of(BeatViews.Standby));   // it was this process that stood by
        Assert.Equal(asked, _signs.Asked);
    }

    [Fact]
    public void Beats_BeforeTheFirstLook_KnowThisProcessAndSayOfNoOtherHowFarItIs()
    {
        (_isHolder, _head) = (true, 40);

        Assert.Equal(PartState.Working, Of(PartsWatch.Component)!.State);
        Assert.Equal((PartState.NotSeen, null), (Of("market-events")!.State, Of("market-events")!.Behind));
        Assert.Equal(0, _signs.Asked);
    }

    [Fact]
    public async Task Beats_OfAnotherThatStandsBy_Stay()
    {
        await _signs.WriteAsync(new("sidecar-standby", _time.GetUtcNow().ToUnixTimeMilliseconds() - 5_000), Cancel);
        _isHolder = true;
        await _watch.LookAsync(Cancel);

        Assert.Equal(5, Of(BeatViews.Standby)!.AgeSeconds);
    }

    [Fact]
    public async Task Beats_BatchesArePublishedAfterTheLook_DoNotMakeTheKernelSeemBehind()
    {
        (_isHolder, _head) = (true, 40);
        await _signs.WriteAsync(new("market-events", _time.GetUtcNow().ToUnixTimeMilliseconds(), 40), Cancel);
        await _watch.LookAsync(Cancel);

        _head = 45;
        Assert.Equal((PartState.Working, 0L), (Of("market-events")!.State, Of("market-events")!.Behind));
        await _watch.LookAsync(Cancel);

        Assert.Equal((PartState.Working, 5L), (Of("market-events")!.State, Of("market-events")!.Behind));
    }

    /// <summary>The watchdog has to keep to the same: a batch that is published while the signs are read was not to be taken in yet.</summary>
    [Fact]
    public async Task Look_ABatchIsPublishedWhileItReads_DoesNotCountIt()
    {
        (_isHolder, _head) = (true, 40);
        await _signs.WriteAsync(new("market-events", _time.GetUtcNow().ToUnixTimeMilliseconds(), 40), Cancel);
        _signs.Reading = () => _head = 41;

        await _watch.LookAsync(Cancel);

        Assert.Equal(0, Of("market-events")!.Behind);
    }

    private BeatView? Of(string component) => _watch.Beats().SingleOrDefault(view => view.Component == component);

    private sealed class Signs : IBeats
    {
        private readonly Dictionary<string, Beat> _newest = [];

        public int Asked { get; private set; }

        public Action? Reading { get; set; }

        public Task WriteAsync(Beat beat, CancellationToken cancel = default)
        {
            Asked++;
            _newest[beat.Component] = beat;
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<Beat>> ReadAsync(CancellationToken cancel = default)
        {
            Asked++;
            Reading?.Invoke();
            return Task.FromResult<IReadOnlyList<Beat>>([.. _newest.Values]);
        }
    }

    private sealed class NoPoison : IPoisonShelf
    {
        public Task PutAsync(PoisonMessage message, CancellationToken cancel = default) => Task.CompletedTask;

        public Task<IReadOnlyList<PoisonMessage>> ReadAsync(int limit, CancellationToken cancel = default) =>
            Task.FromResult<IReadOnlyList<PoisonMessage>>([]);

        public Task<bool> RemoveAsync(string id, CancellationToken cancel = default) => Task.FromResult(false);
    }

    private sealed class NoAlerts : IAlerts
    {
        public void Raise(Alert alert)
        {
        }
    }
}

using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Ingestion;

public sealed class DataJobsTests : IAsyncLifetime
{
    private static readonly SeriesInfo Btc15m = new(Symbol.Btc, TimeFrame.M15);
    private static readonly SeriesInfo Btc1h = new(Symbol.Btc, TimeFrame.H1);

    private readonly CancellationTokenSource _stop = new();
    private readonly FakeMarket _market = new();
    private readonly MemoryCandleStore _store = new();
    private readonly ManualTime _time = new();
    private readonly Notes _notes = new();
    private readonly DataJobs _jobs;
    private Task _work = Task.CompletedTask;

    public DataJobsTests()
    {
        var options = new LoaderOptions { BurstPauseMs = 0, BusyPauseMs = 0 };
        _jobs = new(new(_market, _store, _market, archive: null, new(_market, options, _time), options, _notes), _time, _notes);
    }

    private long To => TimeFrame.H1.OpenOf(_market.NowMs);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    [Fact]
    public async Task Job_OfTwoSeries_StoresWhatIsMissingAndSaysSo()
    {
        var from = To - (24 * TimeFrame.H1.Ms());
        await _store.AppendAsync(Btc1h, _market.Range(Btc1h, from, To).Skip(4).ToArray());
        Begin();

        var queued = _jobs.TryQueue(DataJobKind.Download, [Btc15m, Btc1h], from, To)!;
        await EndAsync(queued.Number);

        var job = Assert.Single(_jobs.Jobs);
        Assert.Equal((DataJobState.Done, 96 + 24, 96 + 4, 0), (job.State, job.Expected, job.Added, job.Missing));
        Assert.Equal(1, job.Progress);
        Assert.Equal(96, (await _store.ReadAsync(Btc15m, from, To)).Count);
    }

    [Fact]
    public async Task Job_BeforeTheFirstTrading_CountsWhatNobodyHas()
    {
        var from = To - (24 * TimeFrame.H1.Ms());
        _market.Onboard[Symbol.Btc] = To - (10 * TimeFrame.H1.Ms());
        Begin();

        var queued = _jobs.TryQueue(DataJobKind.Repair, [Btc1h], from, To)!;
        await EndAsync(queued.Number);

        Assert.Equal((10, 14), (_jobs.Jobs[0].Added, _jobs.Jobs[0].Missing));
    }

    [Fact]
    public async Task Job_ThatFails_SaysWhyAndTheNextOneGoesOn()
    {
        _market.Distort = (number, _, right) => number == 1 ? throw new InvalidOperationException("the wire broke") : right;
        Begin();

        var first = _jobs.TryQueue(DataJobKind.Repair, [Btc1h], To - TimeFrame.H1.Ms(), To)!;
        await EndAsync(first.Number);
        var second = _jobs.TryQueue(DataJobKind.Repair, [Btc1h], To - TimeFrame.H1.Ms(), To)!;
        await EndAsync(second.Number);

        Assert.Equal([DataJobState.Done, DataJobState.Failed], _jobs.Jobs.Select(job => job.State));
        Assert.Equal("the wire broke", _jobs.Jobs[1].Fault);
    }

    [Fact]
    public void Queue_ThatIsFull_TakesNoMoreUntilOneIsCancelled()
    {
        for (var i = 0; i < DataJobs.WaitingMax; i++) Assert.NotNull(Queue());

        Assert.Null(Queue());
        Assert.True(_jobs.TryCancel(3));
        Assert.NotNull(Queue());
        Assert.False(_jobs.TryCancel(3));
        Assert.False(_jobs.TryCancel(4_711));

        DataJob? Queue() => _jobs.TryQueue(DataJobKind.Repair, [Btc1h], To - TimeFrame.H1.Ms(), To);
    }

    [Fact]
    public async Task Job_ThatRuns_EndsWhenItIsCancelled()
    {
        _market.Before = cancel => Task.Delay(Timeout.Infinite, cancel);
        Begin();
        var job = _jobs.TryQueue(DataJobKind.Repair, [Btc1h], To - TimeFrame.H1.Ms(), To)!;
        await Patience.UntilAsync(() => _jobs.Jobs[0].State == DataJobState.Running, "the job begins");

        Assert.True(_jobs.TryCancel(job.Number));

        await EndAsync(job.Number);
        Assert.Equal(DataJobState.Cancelled, _jobs.Jobs[0].State);
    }

    private void Begin() => _work = Task.Run(() => _jobs.RunAsync(_stop.Token));

    private Task EndAsync(long number) =>
        Patience.UntilAsync(() => _jobs.Jobs.Any(job => job.Number == number && job.EndedAtMs is not null), $"job {number} ends");
}

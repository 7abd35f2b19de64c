using System.Collections.Concurrent;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Ingestion;

public sealed class SymbolLoadCoordinatorTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly LoaderOptions Options = new() { BurstPauseMs = 0, BusyPauseMs = 0 };

    private readonly FakeMarket _market = new();
    private readonly MemoryCandleStore _store = new();
    private readonly ManualTime _time = new();
    private readonly Notes _notes = new();

    [Fact]
    public async Task Load_ManySymbols_EachComesOnceAndWhole()
    {
        var symbols = Symbols(40);
        var progress = new ConcurrentBag<LoadProgress>();

        var loaded = await AllAsync(Coordinator(), symbols, progress.Add);

        Assert.Equal(symbols.Select(one => one.Symbol), loaded.Select(one => one.Symbol).Order());
        Assert.All(loaded, one => Assert.Equal((LoadState.Loaded, 1, 1.0), (one.State, one.Attempts, one.Completeness)));
        await AssertStoredAsync(symbols);
        Assert.Equal(40, progress.Max(one => one.Done));
        Assert.Equal(40 * 250, progress.Max(one => one.Candles));
    }

    [Fact]
    public async Task Load_FailsTwiceThenRight_IsLoadedAfterFiveAndFifteenSeconds()
    {
        var failing = Symbols(5)[2].Symbol;
        var failures = 0;
        _market.Distort = (_, series, right) =>
            series.Symbol == failing && Interlocked.Increment(ref failures) <= 2 ? throw new HttpRequestException("503") : right;

        var done = 0;
        var all = AllAsync(Coordinator(), Symbols(5), progress => Volatile.Write(ref done, progress.Done));
        await Patience.UntilAsync(() => Volatile.Read(ref done) == 4, "four are loaded while time stands still: nobody waits for the fifth");
        var loaded = await _time.RunAsync(all, Second);

        Assert.All(loaded, one => Assert.Equal(LoadState.Loaded, one.State));
        Assert.Equal(3, loaded.Single(one => one.Symbol == failing).Attempts);
        Assert.Equal(failing, loaded[^1].Symbol);
        Assert.Equal([(failing, 1, 5 * Second), (failing, 2, 15 * Second)], _notes.Retries);
        await AssertStoredAsync(Symbols(5));
    }

    [Fact]
    public async Task Load_FailsForEver_IsHandedOverAsFailedAfterFourAttempts()
    {
        var failing = Symbols(5)[1].Symbol;
        _market.Distort = (_, series, right) => series.Symbol == failing ? throw new HttpRequestException("no route") : right;

        var loaded = await _time.RunAsync(AllAsync(Coordinator(), Symbols(5)), Second);

        Assert.Equal(5, loaded.Count);
        var failed = loaded.Single(one => one.State == LoadState.Failed);
        Assert.Equal((failing, 4, "no route"), (failed.Symbol, failed.Attempts, failed.Fault));
        Assert.Equal([5 * Second, 15 * Second, 30 * Second], _notes.Retries.Select(retry => retry.Wait));
        Assert.Contains($"gave up {failing} after 4: no route", _notes.All);
    }

    [Fact]
    public async Task Load_ImpossibleCandlesForEver_IsLoadedWithTheGapAndSaysSo()
    {
        var odd = Symbols(3)[1].Symbol;
        _market.Distort = (_, series, right) => series.Symbol == odd && series.Frame == TimeFrame.M15
            ? [.. right.Select((bar, i) => i == right.Count / 2 ? bar with { Low = double.NaN } : bar)]
            : right;

        var loaded = await _time.RunAsync(AllAsync(Coordinator(), Symbols(3)), Second);

        var one = loaded.Single(symbol => symbol.Symbol == odd);
        Assert.Equal((LoadState.Loaded, 4), (one.State, one.Attempts));
        Assert.Equal("impossible candles were offered for S01USDT 15m", one.Fault);
        Assert.True(one.Completeness < 1);
    }

    [Fact]
    public async Task Load_NobodyTakes_StopsAtTheBoundOfTheQueue()
    {
        var coordinator = Coordinator(Options with { ReadyMax = 5, Parallel = 2 });
        await using var loaded = coordinator.LoadAsync(Symbols(30), _market.NowMs).GetAsyncEnumerator();

        Assert.True(await loaded.MoveNextAsync());
        // One taken, five in the queue, one in the hand of each of two workers: those eight have been asked for.
        await Patience.UntilAsync(() => Asked() == 8, "eight symbols are loaded");
        for (var i = 0; i < 1_000; i++) await Task.Yield();
        Assert.Equal(8, Asked());

        int Asked() => _store.Appends.ToArray().Select(append => append.Series.Symbol).Distinct().Count();
    }

    [Fact]
    public async Task Load_FirstIsReady_IsHandedOverWhileOthersAreLoaded()
    {
        var gate = new TaskCompletionSource();
        var first = Symbols(2)[0].Symbol;
        _market.Before = _ => _market.Requests[^1].Series.Symbol == first ? Task.CompletedTask : gate.Task;
        await using var loaded = Coordinator(Options with { Parallel = 1 }).LoadAsync(Symbols(2), _market.NowMs).GetAsyncEnumerator();

        Assert.True(await loaded.MoveNextAsync());
        Assert.Equal(first, loaded.Current.Symbol);
        gate.SetResult();
        Assert.True(await loaded.MoveNextAsync());
    }

    [Fact]
    public async Task Load_SymbolDroppedMeanwhile_IsHandedOverAsDropped()
    {
        var coordinator = Coordinator(Options with { Parallel = 1 });
        var symbols = Symbols(3);
        await using var loaded = coordinator.LoadAsync(symbols, _market.NowMs).GetAsyncEnumerator();
        _market.Before = _ =>
        {
            coordinator.Drop(symbols[2].Symbol);
            return Task.CompletedTask;
        };

        var states = new Dictionary<Symbol, LoadState>();
        while (await loaded.MoveNextAsync()) states[loaded.Current.Symbol] = loaded.Current.State;

        Assert.Equal([LoadState.Loaded, LoadState.Loaded, LoadState.Dropped], symbols.Select(one => states[one.Symbol]));
        Assert.DoesNotContain(_market.Requests, request => request.Series.Symbol == symbols[2].Symbol);
    }

    [Fact]
    public async Task Load_UniverseGrowsMeanwhile_BothAreLoaded()
    {
        var coordinator = Coordinator();
        var all = Symbols(20);
        var both = await Task.WhenAll(AllAsync(coordinator, all[..10]), AllAsync(coordinator, all[10..]));
        Assert.All(both.SelectMany(one => one), one => Assert.Equal(LoadState.Loaded, one.State));
        await AssertStoredAsync(all);
    }

    [Fact]
    public async Task Load_EndedInTheMiddleAndBegunAgain_LosesAndDoublesNothing()
    {
        var symbols = Symbols(12);
        using var ends = new CancellationTokenSource();
        _market.Before = _ => _market.Requests.Count == 17 ? ends.CancelAsync() : Task.CompletedTask;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AllAsync(Coordinator(), symbols, cancel: ends.Token));
        _market.Before = null;
        var before = _store.Appends.Sum(append => append.Added);
        await AllAsync(Coordinator(), symbols);

        Assert.InRange(before, 1, (12 * 250) - 1);
        Assert.Equal(12 * 250, _store.Appends.Sum(append => append.Added));
        await AssertStoredAsync(symbols);
    }

    [Fact]
    public async Task Load_TakerStops_EndsTheLoader()
    {
        await foreach (var loaded in Coordinator().LoadAsync(Symbols(30), _market.NowMs))
        {
            Assert.Equal(LoadState.Loaded, loaded.State);
            break;
        }

        var requests = _market.Requests.Count;
        for (var i = 0; i < 1_000; i++) await Task.Yield();
        Assert.Equal(requests, _market.Requests.Count);
    }

    [Fact]
    public async Task Load_AfterABurst_PausesAndLongerWhenTheBudgetIsBusy()
    {
        var options = new LoaderOptions { Parallel = 1, BurstRequests = 10 };
        var start = _time.GetUtcNow();

        _market.Use = 0.4;   // 20 requests: a pause after the tenth
        await _time.RunAsync(AllAsync(Coordinator(options), Symbols(10)), TimeSpan.FromMilliseconds(100));
        Assert.Equal(TimeSpan.FromMilliseconds(500), _time.GetUtcNow() - start);

        start = _time.GetUtcNow();
        _market.Use = 0.6;   // again 20, of new symbols
        await _time.RunAsync(AllAsync(Coordinator(options), Symbols(20)[10..]), TimeSpan.FromMilliseconds(100));
        Assert.Equal(TimeSpan.FromMilliseconds(2_500), _time.GetUtcNow() - start);
    }

    [Fact]
    public void Progress_HalfDone_TellsRateAndTimeLeft()
    {
        var progress = new LoadProgress(Done: 100, Failed: 1, Total: 290, Candles: 460_000, Elapsed: TimeSpan.FromMinutes(2));
        Assert.Equal(50, progress.PerMinute);
        Assert.Equal(TimeSpan.FromMinutes(3.8), progress.Left);
        Assert.Null(new LoadProgress(0, 0, 290, 0, TimeSpan.Zero).Left);
    }

    private static SymbolHistory[] Symbols(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new SymbolHistory(
            Symbol.Parse($"S{i:00}USDT"), 0, new Dictionary<TimeFrame, int> { [TimeFrame.M15] = 200, [TimeFrame.H1] = 50 }))];

    private SymbolLoadCoordinator Coordinator(LoaderOptions? options = null)
    {
        options ??= Options;
        var loader = new HistoryLoader(_market, _store, _market, null, new(_market, options, _time), options, _notes);
        return new(loader, options, _time, _notes);
    }

    private async Task<List<LoadedSymbol>> AllAsync(
        SymbolLoadCoordinator coordinator, SymbolHistory[] symbols, Action<LoadProgress>? onProgress = null,
        CancellationToken cancel = default)
    {
        var loaded = new List<LoadedSymbol>();
        await foreach (var one in coordinator.LoadAsync(symbols, _market.NowMs, onProgress, cancel)) loaded.Add(one);
        return loaded;
    }

    private async Task AssertStoredAsync(SymbolHistory[] symbols)
    {
        foreach (var one in symbols)
        {
            foreach (var series in one.Series)
            {
                var (from, to) = one.RangeOf(series.Frame, _market.NowMs);
                Assert.Equal(_market.Range(series, from, to), await _store.ReadAsync(series, 0, long.MaxValue));
            }
        }
    }
}

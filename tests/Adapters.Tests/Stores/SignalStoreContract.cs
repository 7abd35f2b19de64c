using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Adapters.Tests.Stores;

/// <summary>What every store of the running system does; each technology inherits it.</summary>
public abstract class SignalStoreContract
{
    private const long MsPerDay = 86_400_000;

    private static readonly SeriesInfo Btc15m = new(Symbol.Btc, TimeFrame.M15);

    /// <summary>An empty store.</summary>
    protected abstract ISignalStore Signals { get; }

    /// <summary>The candles of the same store.</summary>
    protected abstract ICandleStore Candles { get; }

    /// <summary>Steps that are written while another reads: fewer where each is a journey.</summary>
    protected virtual int ManySteps => 300;

    [Fact]
    public async Task Commit_WholeStep_IsReadBack()
    {
        var change = Step(1);

        var counts = await Signals.CommitAsync(change);

        Assert.Equal(new AppendCounts(1, 0, 0), counts);
        Assert.Equal(change.Signals, await Signals.LoadOpenAsync());
        Assert.Equal(change.Effects, await Signals.LoadPendingEffectsAsync());
        Assert.Equal(change.Decisions, await Signals.LoadDecisionsAsync(symbol: null, limit: 10));
        Assert.Equal("1", await Signals.LoadValueAsync("clock"));
        var snapshot = await Signals.LoadSnapshotAsync("BTCUSDT");
        Assert.Equal((1, 1L), (snapshot!.Version, snapshot.StateEpochMs));
        Assert.Equal([1, 2, 3], snapshot.Bytes.ToArray());
    }

    [Fact]
    public async Task Commit_LongValue_IsReadBackWholeAndReplacedByAShortOne()
    {
        // What a system of hundreds of symbols keeps by name is longer than a property of a table holds.
        var text = string.Concat(Enumerable.Range(0, 14_000).Select(i => $"{i:D5}\ud83d\udcc8"));

        await Signals.CommitAsync(new() { Values = new Dictionary<string, string> { ["regimes"] = text } });
        var stored = await Signals.LoadValueAsync("regimes");
        await Signals.CommitAsync(new() { Values = new Dictionary<string, string> { ["regimes"] = "short" } });

        Assert.Equal(text, stored);
        Assert.Equal("short", await Signals.LoadValueAsync("regimes"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(400_000)]
    public async Task Load_ASnapshotInPieces_IsWholeAndAsOftenAsItIsAskedFor(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        await Signals.CommitAsync(new() { Snapshots = [new("kernel", 1, 0, bytes)] });

        for (var i = 0; i < 2; i++)
        {
            var pieces = await Signals.LoadPiecesAsync("kernel");
            var read = new byte[length];
            pieces!.Read(read);
            Assert.Equal((length, length), (pieces.Length, pieces.At));
            Assert.True(read.AsSpan().SequenceEqual(bytes), "the pieces hold other bytes");
        }
    }

    [Fact]
    public async Task Load_Unknown_IsNull()
    {
        Assert.Null(await Signals.FindAsync("x"));
        Assert.Null(await Signals.LoadSnapshotAsync("x"));
        Assert.Null(await Signals.LoadPiecesAsync("x"));
        Assert.Null(await Signals.LoadValueAsync("x"));
    }

    [Fact]
    public async Task Commit_TheSameTwice_ChangesNothing()
    {
        await Signals.CommitAsync(Step(1));
        await Signals.MarkDoneAsync("effect-1", doneAtMs: 5);

        await Signals.CommitAsync(Step(1));

        Assert.Single(await Signals.LoadOpenAsync());
        Assert.Empty(await Signals.LoadPendingEffectsAsync());   // what is done stays done
        Assert.Single(await Signals.LoadDecisionsAsync(symbol: null, limit: 10));
    }

    [Theory]
    [InlineData(1L)]   // the same version with another state
    [InlineData(3L)]   // a step is missing
    public async Task Commit_VersionThatDoesNotFollow_WritesNothingOfTheChange(long version)
    {
        await Signals.CommitAsync(Step(1));
        var next = Step(2) with { Signals = [Signal(2), Signal(1) with { Version = version, StateJson = "{\"other\":1}" }] };

        await Assert.ThrowsAsync<StoreConflictException>(() => Signals.CommitAsync(next));

        await AssertOnlyStepOne();
    }

    [Fact]
    public async Task Commit_FirstVersionIsNotOne_IsRefused() =>
        await Assert.ThrowsAsync<StoreConflictException>(
            () => Signals.CommitAsync(new() { Signals = [Signal(1) with { Version = 2 }] }));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Commit_FailsAnywhereInside_LeavesNothing(int part)
    {
        await Signals.CommitAsync(Step(1));
        var next = Step(2);
        next = part switch
        {
            0 => next with { Candles = new Failing<CandleBatch>(next.Candles) },
            1 => next with { Signals = new Failing<StoredSignal>(next.Signals) },
            2 => next with { Effects = new Failing<StoredEffect>(next.Effects) },
            3 => next with { Snapshots = new Failing<StoredSnapshot>(next.Snapshots) },
            4 => next with { Decisions = new Failing<StoredDecision>(next.Decisions) },
            _ => next with { Effects = [.. next.Effects, next.Effects[0] with { Id = "x", Kind = null! }] },
        };

        await Assert.ThrowsAnyAsync<Exception>(() => Signals.CommitAsync(next));

        await AssertOnlyStepOne();
        await Signals.CommitAsync(Step(2));   // and the store goes on
        Assert.Equal(2, (await Signals.LoadOpenAsync()).Count);
    }

    [Fact]
    public async Task Commit_NextVersionClosed_MovesFromOpenToClosed()
    {
        await Signals.CommitAsync(Step(1));
        var closed = Signal(1) with { Version = 2, StateJson = "{\"closed\":true}", ClosedAtMs = 9 };

        await Signals.CommitAsync(new() { Signals = [closed] });

        Assert.Empty(await Signals.LoadOpenAsync());
        Assert.Equal([closed], await Signals.LoadClosedAsync(limit: 10));
        Assert.Equal(closed, await Signals.FindAsync("signal-1"));
    }

    [Fact]
    public async Task LoadClosed_Pages_AreTheLastClosedFirst()
    {
        for (var i = 1; i <= 5; i++) await Signals.CommitAsync(new() { Signals = [Signal(i) with { ClosedAtMs = i * 10 }] });

        Assert.Equal(["signal-5", "signal-4"], (await Signals.LoadClosedAsync(limit: 2)).Select(s => s.Id));
        Assert.Equal(["signal-3", "signal-2"], (await Signals.LoadClosedAsync(limit: 2, skip: 2)).Select(s => s.Id));
    }

    [Fact]
    public async Task LoadOpen_Several_AreInOrderOfDecision()
    {
        foreach (var i in (int[])[3, 1, 2]) await Signals.CommitAsync(Step(i));
        Assert.Equal(["signal-1", "signal-2", "signal-3"], (await Signals.LoadOpenAsync()).Select(s => s.Id));
    }

    [Fact]
    public async Task MarkDone_Twice_IsTrueOnce()
    {
        await Signals.CommitAsync(Step(1));

        Assert.True(await Signals.MarkDoneAsync("effect-1", doneAtMs: 5));
        Assert.False(await Signals.MarkDoneAsync("effect-1", doneAtMs: 6));
        Assert.False(await Signals.MarkDoneAsync("unknown", doneAtMs: 6));
        Assert.Empty(await Signals.LoadPendingEffectsAsync());
    }

    [Fact]
    public async Task FindEffect_WaitingOrDone_IsWhole()
    {
        var effect = Effect(1) with { PayloadJson = """{"text":"how it went"}""" };
        await Signals.CommitAsync(new() { Effects = [effect] });

        Assert.Equal(effect, await Signals.FindEffectAsync("effect-1"));
        await Signals.MarkDoneAsync("effect-1", doneAtMs: 5);
        Assert.Equal(effect, await Signals.FindEffectAsync("effect-1"));
        Assert.Null(await Signals.FindEffectAsync("unknown"));
    }

    [Fact]
    public async Task LoadPendingEffects_Several_AreInOrderOfCommit()
    {
        foreach (var i in (int[])[2, 3, 1]) await Signals.CommitAsync(new() { Effects = [Effect(i)] });
        await Signals.MarkDoneAsync("effect-3", doneAtMs: 5);

        Assert.Equal(["effect-2", "effect-1"], (await Signals.LoadPendingEffectsAsync()).Select(e => e.Id));
    }

    [Fact]
    public async Task LoadDecisions_OfASymbol_AreTheNewestFirst()
    {
        var ada = Symbol.Parse("ADAUSDT");
        await Signals.CommitAsync(new() { Decisions = [Decision(1), Decision(2), Decision(3) with { Symbol = ada }, Decision(4)] });

        Assert.Equal(["d4", "d2"], (await Signals.LoadDecisionsAsync(Symbol.Btc, limit: 2)).Select(d => d.Id));
        Assert.Equal(["d4", "d3", "d2", "d1"], (await Signals.LoadDecisionsAsync(null, limit: 9)).Select(d => d.Id));
    }

    [Fact]
    public async Task Forget_OldThings_KeepsOpenSignalsAndWaitingEffects()
    {
        var now = 1000 * MsPerDay;
        await Candles.AppendAsync(Btc15m, GoldenMarket.Bars(2, openTimeMs: now - (11 * MsPerDay)));
        await Candles.AppendAsync(Btc15m, GoldenMarket.Bars(3, openTimeMs: now - (9 * MsPerDay)));
        await Signals.CommitAsync(new()
        {
            Signals =
            [
                Signal(1), Signal(2) with { ClosedAtMs = now - (21 * MsPerDay) }, Signal(3) with { ClosedAtMs = now - (19 * MsPerDay) },
            ],
            Effects = [Effect(1), Effect(2), Effect(3)],
            Decisions = [Decision(1), Decision(2), Decision(3)],
        });
        await Signals.MarkDoneAsync("effect-2", now - (6 * MsPerDay));
        await Signals.MarkDoneAsync("effect-3", now - (4 * MsPerDay));
        var retention = new Retention { CandleDays = 10, ClosedSignalDays = 20, DoneEffectDays = 5, DecisionsMax = 2 };

        var forgotten = await Signals.ForgetAsync(retention, now);

        Assert.Equal(2 + 1 + 1 + 1, forgotten);
        Assert.Equal(3, (await Candles.ReadAsync(Btc15m, 0, long.MaxValue)).Count);
        Assert.Single(await Signals.LoadOpenAsync());
        Assert.Equal("signal-3", Assert.Single(await Signals.LoadClosedAsync(limit: 9)).Id);
        Assert.Equal("effect-1", Assert.Single(await Signals.LoadPendingEffectsAsync()).Id);
        Assert.True(await Signals.MarkDoneAsync("effect-1", now));
        Assert.Equal(["d3", "d2"], (await Signals.LoadDecisionsAsync(null, limit: 9)).Select(d => d.Id));
        Assert.Equal(0, await Signals.ForgetAsync(retention, now));
    }

    [Fact]
    public async Task Forget_OldMinutes_LeavesTheLongerFrames()
    {
        const long Day = 86_400_000;
        Candle[] bars = [.. Enumerable.Range(0, 6).Select(day => new Candle(day * Day, 1, 2, 0.5, 1, 1))];
        foreach (var frame in (TimeFrame[])[TimeFrame.M1, TimeFrame.M5, TimeFrame.M15])
            await Candles.AppendAsync(new(Symbol.Btc, frame), bars);

        var forgotten = await Signals.ForgetAsync(new Retention { MinuteCandleDays = 2 }, nowMs: 5 * Day);

        Assert.Equal(2 * 3, forgotten);
        Assert.Equal(3, (await Candles.ReadAsync(new(Symbol.Btc, TimeFrame.M1), 0, long.MaxValue)).Count);
        Assert.Equal(6, (await Candles.ReadAsync(new(Symbol.Btc, TimeFrame.M15), 0, long.MaxValue)).Count);
    }

    [Fact]
    public async Task Read_WhileAnotherWrites_SeesWholeStepsOnly()
    {
        var steps = ManySteps;
        using var done = new CancellationTokenSource();
        var seen = 0L;
        var reading = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                // A step writes its candle and its signal together: whoever sees the signal sees the candle.
                var signals = (await Signals.LoadOpenAsync()).Count;
                var candles = (await Candles.ReadAsync(Btc15m, 0, long.MaxValue)).Count;
                Assert.True(candles >= signals, $"{candles} candles, {signals} signals");
                Assert.True(signals >= seen, $"{signals} signals after {seen}");
                seen = signals;
            }
        });

        for (var i = 1; i <= steps; i++) await Signals.CommitAsync(Step(i));
        await done.CancelAsync();
        await reading;
        Assert.Equal(steps, (await Signals.LoadOpenAsync()).Count);
    }

    [Fact]
    public async Task Commit_FromSeveralAtOnce_LosesNothing()
    {
        await Task.WhenAll(Enumerable.Range(1, 40).Select(i => Task.Run(() => Signals.CommitAsync(Step(i)))));
        Assert.Equal(40, (await Signals.LoadOpenAsync()).Count);
    }

    private static StateChange Step(int i) => new()
    {
        Candles = [new(Btc15m, GoldenMarket.Bars(1, openTimeMs: i * TimeFrame.M15.Ms()))],
        Signals = [Signal(i)],
        Effects = [Effect(i)],
        Snapshots = [new("BTCUSDT", i, StateEpochMs: i, new byte[] { 1, 2, 3 })],
        Decisions = [Decision(i)],
        Values = new Dictionary<string, string> { ["clock"] = $"{i}" },
    };

    private static StoredSignal Signal(int i) =>
        new($"signal-{i}", Symbol.Btc, "ActionPrice", Version: 1, $"{{\"i\":{i}}}", DecidedAtMs: i, ClosedAtMs: null);

    private static StoredEffect Effect(int i) => new($"effect-{i}", $"signal-{i}", "notify", "{}", CreatedAtMs: i);

    private static StoredDecision Decision(int i) => new($"d{i}", i, Symbol.Btc, "ActionPrice", "ScoreTooLow", "{}");

    private async Task AssertOnlyStepOne()
    {
        Assert.Equal(Step(1).Signals, await Signals.LoadOpenAsync());
        Assert.Equal(Step(1).Effects, await Signals.LoadPendingEffectsAsync());
        Assert.Equal(Step(1).Decisions, await Signals.LoadDecisionsAsync(null, limit: 9));
        Assert.Single(await Candles.ReadAsync(Btc15m, 0, long.MaxValue));
        Assert.Equal("1", await Signals.LoadValueAsync("clock"));
        Assert.Equal(1, (await Signals.LoadSnapshotAsync("BTCUSDT"))!.Version);
    }

    /// <summary>Gives its items and then fails, as a host might in the middle of a commit.</summary>
    private sealed class Failing<T>(IReadOnlyList<T> items) : IReadOnlyList<T>
    {
        public int Count => items.Count + 1;

        public T this[int index] => index < items.Count ? items[index] : throw new TimeoutException("on purpose");

        public IEnumerator<T> GetEnumerator()
        {
            for (var i = 0; i < Count; i++) yield return this[i];
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

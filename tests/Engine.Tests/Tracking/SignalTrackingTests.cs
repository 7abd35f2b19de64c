using System.Text.Json;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Tracking;
using Xunit;

namespace FuturesBot.Engine.Tests.Tracking;

/// <summary>What a signal's orchestration does with what it is told.</summary>
public sealed class SignalTrackingTests
{
    private const long At = 1_748_822_400_000;
    private const long Minute = 60_000;

    [Fact]
    public void Take_MovesInAnyOrderWithDoubles_CarriesEachEffectOnceAndInOrder()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var moves = Enumerable.Range(1, 6).Select(version => Move(version, isFinal: version == 6)).ToList();
            var arriving = moves.Concat(moves.Where(_ => random.Next(2) == 0)).OrderBy(_ => random.Next()).ToArray();

            var (state, effects) = TakeAll(SignalTracking.Begin(View(1)), arriving);

            Assert.True(state.IsOver, $"seed {seed}");
            Assert.Equal(moves.SelectMany(move => move.Effects), effects.OfType<TrackingEffect.Carry>().Select(carry => carry.Effect));
            Assert.Equal(effects.Count, effects.Select(effect => effect.Id).Distinct(StringComparer.Ordinal).Count());
            Assert.IsType<SidecarCommand.ForgetLevels>(Assert.IsType<TrackingEffect.Ask>(effects[^1]).Command);
        }
    }

    [Fact]
    public void Take_LevelsThatChange_AreWatchedOnceEach()
    {
        WatchedLevel[] entry = [new("entry", 100, FromBelow: false)];
        WatchedLevel[] open = [new("stop", 90, FromBelow: false), new("tp1", 120, FromBelow: true)];

        var (_, effects) = TakeAll(
            SignalTracking.Begin(View(1)), Move(1, levels: entry), Move(2, levels: open), Move(3, levels: open), Move(4, isFinal: true));

        Assert.Equal(
            ["watch entry", "watch stop,tp1", "forget"],
            effects.OfType<TrackingEffect.Ask>().Select(ask => ask.Command switch
            {
                SidecarCommand.WatchLevels watch => "watch " + string.Join(',', watch.Levels.Select(level => level.Name)),
                SidecarCommand.ForgetLevels => "forget",
                _ => "?",
            }));
    }

    [Fact]
    public void Take_Crossing_IsKeptOnceForTheStatusAndDecidesNothing()
    {
        var (state, effects) = TakeAll(
            SignalTracking.Begin(View(1)), Move(1), new TrackingEvent.Crossed("x", At + 5, "tp1", 120, 120.5m), new TrackingEvent.Crossed("x", At + 5, "tp1", 120, 120.5m));

        Assert.Single(state.Crossings);
        Assert.Equal(1, state.Now.Version);
        Assert.Equal(Move(1).Effects.Count, effects.OfType<TrackingEffect.Carry>().Count());
    }

    [Fact]
    public void Take_DeadlineOfAStateThatShouldHaveEnded_AsksForCandlesAndWarnsEverLessOften()
    {
        var state = SignalTracking.Take(SignalTracking.Begin(View(1)), Move(1, endsAtMs: At + (30 * Minute))).After;
        var waits = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            var passed = SignalTracking.DeadlineOf(state);
            var step = SignalTracking.Take(state, passed);
            Assert.Equal([typeof(TrackingEffect.Ask), typeof(TrackingEffect.Warn)], step.Effects.Select(effect => effect.GetType()));
            Assert.Empty(SignalTracking.Take(step.After, passed).Effects);   // the same once more
            waits.Add((step.After.DeadlineMs - state.DeadlineMs) / Minute);
            state = step.After;
        }

        Assert.Equal([30, 60, 120, 240, 480], waits);
        var moved = SignalTracking.Take(state, Move(2, endsAtMs: At + (60 * Minute)));
        Assert.Equal((0, At + (60 * Minute) + SignalTracking.GraceMs), (moved.After.Stalls, moved.After.DeadlineMs));
    }

    // A kernel that was away comes back with a move whose end is that of the move before it: the deadline is one that has passed already.
    [Fact]
    public void Take_DeadlineThatPassedOnceAndIsSetAgain_PassesAgain()
    {
        var end = At + (30 * Minute);
        var state = SignalTracking.Take(SignalTracking.Begin(View(1)), Move(1, endsAtMs: end)).After;
        var deadline = SignalTracking.DeadlineOf(state);
        state = SignalTracking.Take(state, deadline).After;
        state = SignalTracking.Take(state, Move(2, endsAtMs: end)).After;
        Assert.Equal(deadline, SignalTracking.DeadlineOf(state));

        var step = SignalTracking.Take(state, deadline);

        Assert.Equal((1, deadline.AtMs + SignalTracking.GraceMs), (step.After.Stalls, step.After.DeadlineMs));
    }

    [Theory]
    [InlineData(0, 30)]      // a state that ends with a candle
    [InlineData(0, null)]    // one that waits for prices
    [InlineData(7, null)]    // told between two closings
    public void Take_Move_SetsADeadlineThatPassesWhenSomethingCloses(int atMinute, int? endsAtMinute)
    {
        var move = Move(1, endsAtMs: endsAtMinute is { } end ? At + (end * Minute) : null) with { AtMs = At + (atMinute * Minute) };

        var state = SignalTracking.Take(SignalTracking.Begin(View(1)), move).After;

        Assert.Equal(0, state.DeadlineMs % (15 * Minute));
        Assert.InRange(state.WaitMs, SignalTracking.GraceMs, SignalTracking.QuietMaxMs);
    }

    [Fact]
    public void Take_MoveThatComesAfterItsEnd_HasItsGraceFromThenOn()
    {
        var state = SignalTracking.Take(SignalTracking.Begin(View(1)), Move(90, endsAtMs: At) with { After = 0 }).After;

        Assert.Equal(SignalTracking.GraceMs, state.WaitMs);
    }

    [Fact]
    public void Lacks_NoPlaceForOneMore_OrADeadlineThatIsDue_IsTrue()
    {
        var state = SignalTracking.Take(SignalTracking.Begin(View(1)), Move(1, endsAtMs: At + Minute)).After;
        Assert.False(SignalTracking.Lacks(state, Move(2)));
        Assert.False(SignalTracking.Lacks(state, Move(9)));   // it waits
        Assert.True(SignalTracking.Lacks(state, SignalTracking.DeadlineOf(state)));
        Assert.False(SignalTracking.Lacks(state, new TrackingEvent.DeadlinePassed("old", At)));

        for (var version = 3; version < 3 + TrackedSignal.EarlyMax; version++) state = SignalTracking.Take(state, Move(version)).After;

        Assert.False(SignalTracking.Lacks(state, Move(2)));   // the one that all wait for
        Assert.False(SignalTracking.Lacks(state, Move(5)));   // a double
        Assert.True(SignalTracking.Lacks(state, Move(50)));
        Assert.True(SignalTracking.Lacks(SignalTracking.Take(SignalTracking.Begin(View(1)), Move(7)).After, new TrackingEvent.DeadlinePassed("d", At + SignalTracking.QuietMaxMs)));
    }

    [Fact]
    public void Take_Resent_BehindTheLastMove_LacksWhatLiesBetweenAndThenWatchesAnew()
    {
        WatchedLevel[] open = [new("stop", 90, FromBelow: false)];
        var last = View(5) with { Levels = open };
        var resent = SignalTracking.Resent(last, At + (9 * Minute));
        var state = SignalTracking.Begin(last, after: 3);
        Assert.True(SignalTracking.Lacks(state, resent));

        var (read, carried) = TakeAll(state, Move(4), Move(5, levels: open));
        var step = SignalTracking.Take(read, resent);

        Assert.Equal([4, 4, 5, 5], carried.OfType<TrackingEffect.Carry>().Select(carry => int.Parse(carry.Id.Split('-')[1])));
        Assert.False(SignalTracking.Lacks(read, resent));
        Assert.Empty(step.Effects);   // watched with the move itself
        Assert.False(SignalTracking.Lacks(step.After, resent));
        Assert.Single(SignalTracking.Take(SignalTracking.Begin(last, after: 5), resent).Effects);
        Assert.Equal(read, SignalTracking.Take(read, SignalTracking.Resent(View(4), At)).After with { Seen = read.Seen });
    }

    [Fact]
    public void Take_Resent_MovesThatAreNowhere_AreSkippedWithAWarning_AndThoseThatWaitedFollow()
    {
        var state = TakeAll(SignalTracking.Begin(View(1)), Move(1), Move(4), Move(6, isFinal: true)).State;

        var step = SignalTracking.Take(state, SignalTracking.Resent(View(5), At));

        Assert.True(step.After.IsOver);
        Assert.Contains("moves 2 to 5 ", Assert.Single(step.Effects.OfType<TrackingEffect.Warn>()).Text, StringComparison.Ordinal);
        Assert.Equal(Move(6).Effects, step.Effects.OfType<TrackingEffect.Carry>().Select(carry => carry.Effect));
    }

    [Fact]
    public void Take_Resent_OfASignalThatIsOver_EndsTheOrchestration()
    {
        var final = View(5) with { IsFinal = true };

        var step = SignalTracking.Take(SignalTracking.Begin(final, after: 5), SignalTracking.Resent(final, At));

        Assert.True(step.After.IsOver);
        Assert.IsType<SidecarCommand.ForgetLevels>(Assert.IsType<TrackingEffect.Ask>(Assert.Single(step.Effects)).Command);
    }

    [Fact]
    public void Take_DeadlineOfASignalThatWaitsForPrices_OnlyMovesOn()
    {
        var state = SignalTracking.Take(SignalTracking.Begin(View(1)), Move(1)).After;

        var step = SignalTracking.Take(state, SignalTracking.DeadlineOf(state));

        Assert.Empty(step.Effects);
        Assert.Equal(state.DeadlineMs + SignalTracking.QuietMaxMs, step.After.DeadlineMs);
    }

    [Fact]
    public void Take_EventOfALaterVersion_ChangesNothing()
    {
        var json = """{"event":{"kind":"teleported","id":"t","atMs":5,"to":"moon"}}""";
        var message = JsonSerializer.Deserialize<SignalMessage>(json, SignalJson.Options)!;
        var state = SignalTracking.Begin(View(1));

        var step = SignalTracking.Take(state, message.Event);

        Assert.Equal((state, 0), (step.After, step.Effects.Count));
    }

    [Fact]
    public void State_AfterManyEventsAsJson_StaysSmallAndComesBackAsItWas()
    {
        var state = SignalTracking.Begin(View(1));
        for (var i = 0; i < 500; i++)
        {
            state = SignalTracking.Take(state, new TrackingEvent.Crossed($"0123456789abcdef-level{i}-100.25-crossed", At + i, "tp1", 100.25m, 100.5m)).After;
            state = SignalTracking.Take(state, Move(40 + i)).After;   // far ahead: waits, up to a bound
        }

        var json = JsonSerializer.Serialize(state, SignalJson.Options);
        var read = JsonSerializer.Deserialize<TrackedSignal>(json, SignalJson.Options)!;

        Assert.InRange(json.Length, 1_000, 16 * 1024);
        Assert.Equivalent(state, read, strict: true);
        Assert.Equal(TrackedSignal.EarlyMax, state.Early.Count);
    }

    private static (TrackedSignal State, List<TrackingEffect> Effects) TakeAll(TrackedSignal state, params TrackingEvent[] events)
    {
        var effects = new List<TrackingEffect>();
        foreach (var happened in events)
        {
            var step = SignalTracking.Take(state, happened);
            effects.AddRange(step.Effects);
            state = step.After;
        }

        return (state, effects);
    }

    private static TrackingEvent.Moved Move(long version, bool isFinal = false, long? endsAtMs = null, WatchedLevel[]? levels = null) => new(
        $"s1-v{version}", At + (version * Minute), version - 1, View(version) with { IsFinal = isFinal, EndsAtMs = endsAtMs, Levels = levels ?? [] },
        [new($"s1-{version}-a-notify", "s1", "notify", "{}", At), new($"s1-{version}-b-notify", "s1", "notify", "{}", At)]);

    private static SignalView View(long version) => new()
    {
        SignalId = "s1",
        Symbol = Symbol.Btc,
        Strategy = "ActionPrice",
        Side = Side.Long,
        Version = version,
        Phase = "Open",
        IsFinal = false,
        DecidedAtMs = At,
    };
}

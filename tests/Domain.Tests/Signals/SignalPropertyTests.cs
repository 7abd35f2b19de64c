using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;
using Xunit;
using static FuturesBot.Domain.Tests.Signals.SignalSim;

namespace FuturesBot.Domain.Tests.Signals;

/// <summary>What holds on any price path; the seed in a failure is the whole bug report.</summary>
public sealed class SignalPropertyTests
{
    private const int Seeds = 250;

    [Fact]
    public void AnyPath_InputsShuffledAndDoubled_SameStateSameJournal()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var plan = AnyPlan(seed);
            SignalInput[] inputs =
            [
                Accepted(plan), .. WithGap(Walk(seed, 60), seed),
            ];
            var (expected, journal) = Feed(SignalLifecycle.Create(plan), inputs);

            var (state, shuffledJournal) = Feed(SignalLifecycle.Create(plan), Disorder(inputs, seed));

            Assert.True(expected == state, $"seed {seed}: {expected}\nbut {state}");
            Assert.True(journal.SequenceEqual(shuffledJournal), $"seed {seed}");
        }
    }

    [Fact]
    public void AnyPath_EventsShuffledAndDoubled_SameState()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var plan = AnyPlan(seed);
            var start = SignalLifecycle.Create(plan);
            SignalInput[] inputs = [Accepted(plan), .. WithGap(Walk(seed, 60), seed)];
            // half of the runs decide in disorder too, so that deferred inputs are among the events
            var (expected, events) = AllEvents(start, seed % 2 == 0 ? inputs : Disorder(inputs, seed));

            var state = SignalLifecycle.EvolveAll(start, Disorder(events, seed));

            Assert.True(expected == state, $"seed {seed}: {expected}\nbut {state}");
        }
    }

    [Fact]
    public void AnyPath_StopOnlyTightens()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var plan = AnyPlan(seed);
            var stops = States(plan, Walk(seed, 120)).Select(s => s.Live?.Stop).OfType<decimal>().ToArray();

            for (var i = 1; i < stops.Length; i++)
                Assert.True(plan.Dir * (stops[i] - stops[i - 1]) >= 0m, $"seed {seed}: {string.Join(" ", stops)}");
        }
    }

    [Fact]
    public void AnyPath_FractionsAndMoney_AddUp()
    {
        var reasons = new HashSet<CloseReason>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var states = States(AnyPlan(seed), Walk(seed, 400));
            Assert.All(states, s => Assert.True(s.Live is not { Remaining: <= 0m or > 1m }, $"seed {seed}"));
            if (states[^1] is not SignalState.Closed { Result: var r } closed) continue;

            reasons.Add(closed.Reason);
            Assert.True(r.Exits.Sum(x => x.Fraction) == 1m, $"seed {seed}: {r.Exits}");
            Assert.True(r.NetR == r.GrossR - r.FeesR - r.FundingR - r.SlippageR, $"seed {seed}: {r}");
            Assert.True(r.SlippageR >= 0m && r.FeesR >= 0m, $"seed {seed}: {r}");
            Assert.True(r.MfeR >= 0 && r.MaeR <= 0, $"seed {seed}: {r}");
            Assert.True(r.MfeBar >= 1 && r.MfeBar <= r.Bars && r.MaeBar <= r.Bars, $"seed {seed}: {r}");
            Assert.True(r.Exits.All(x => x.TimeMs >= r.EnteredAtMs), $"seed {seed}: {r}");
        }

        // the paths are worth something only if they reach every way out that prices can take
        Assert.Equal(
            [CloseReason.Tp1, CloseReason.Tp2, CloseReason.Trail, CloseReason.Be, CloseReason.Sl, CloseReason.Time],
            reasons.Order());
    }

    [Fact]
    public void AnyPath_NothingFollowsTheEnd()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var plan = AnyPlan(seed);
            var (_, journal) = Run(plan, Walk(seed, 400));

            Assert.True(journal.Select(e => e.Sequence).SequenceEqual(Enumerable.Range(1, journal.Count)));
            Assert.True(journal.FindIndex(e => e is SignalEvent.Closed) is var end
                && (end < 0 || end == journal.Count - 1), $"seed {seed}");
            Assert.True(journal.Select(e => e.EventId).Distinct().Count() == journal.Count, $"seed {seed}");
        }
    }

    [Fact]
    public void Tracker_AnyPath_GivesTheEventsAndStatesOfEveryBar()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var plan = AnyPlan(seed);
            var state = SignalLifecycle.Create(plan);
            var tracker = new SignalTracker(state);
            foreach (var input in new[] { Accepted(plan) }.Concat(WithGap(Walk(seed, 300), seed)))
            {
                (state, var expected) = Feed(state, [input]);
                var journal = input is SignalInput.BarClosed bar
                    ? tracker.OnBar(
                        new Candle(bar.FromMs, bar.Open, bar.High, bar.Low, bar.Close, 1), bar.ToMs, bar.Atr, bar.FundingRate)
                    : tracker.Take(input);

                Assert.True(expected.SequenceEqual(journal), $"seed {seed}");
                // reading the state settles the quiet bars: done seldom, so that they add up
                if (seed % 3 == 0) Assert.True(state == tracker.State, $"seed {seed}");
            }

            Assert.True(state == tracker.State, $"seed {seed}: {state}\nbut {tracker.State}");
        }
    }

    [Fact]
    public void Tracker_QuietBars_AllocateNothing()
    {
        var tracker = new SignalTracker(Run(Plan(exits: ExitOptions.ActionPrice), Bar(0, 100, 101, 99, 100)).State);
        var bars = Enumerable.Range(1, 25)
            .Select(i => new Candle(T0 + (i * Quarter), 100, 100.5, 99.5, 100, 1)).ToArray();
        Feed(0, 5);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Feed(5, bars.Length);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal(T0 + (26 * Quarter), tracker.State.KnownUntilMs);

        void Feed(int from, int to)
        {
            for (var i = from; i < to; i++) tracker.OnBar(bars[i], bars[i].OpenTimeMs + Quarter, atr: 1);
        }
    }

    [Fact]
    public void Tracker_SavedAndRestored_GoesOnAlike()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var plan = AnyPlan(seed);
            var inputs = new[] { Accepted(plan) }.Concat(Walk(seed, 200)).ToArray();
            var (expected, _) = Feed(SignalLifecycle.Create(plan), inputs);
            var first = new SignalTracker(SignalLifecycle.Create(plan));
            var cut = new Random(seed).Next(inputs.Length);
            foreach (var input in inputs[..cut]) first.Take(input);

            var second = new SignalTracker(SignalLifecycle.Create(plan));
            StateRestorer.Restore(second, StateSaver.Save(first));
            foreach (var input in inputs[cut..]) second.Take(input);

            Assert.True(expected == second.State, $"seed {seed} cut {cut}");
        }
    }

    private static List<SignalState> States(TradePlan plan, IEnumerable<SignalInput> inputs)
    {
        var states = new List<SignalState> { SignalLifecycle.Create(plan) };
        foreach (var input in new[] { Accepted(plan) }.Concat(inputs))
        {
            foreach (var e in SignalLifecycle.Decide(states[^1], input))
                states.Add(SignalLifecycle.Evolve(states[^1], e));
        }

        return states;
    }

    private static (SignalState State, List<SignalEvent> Events) AllEvents(
        SignalState state, IEnumerable<SignalInput> inputs)
    {
        var events = new List<SignalEvent>();
        foreach (var e in inputs.SelectMany(i => SignalLifecycle.Decide(state, i).Select(Next))) events.Add(e);
        return (state, events);

        SignalEvent Next(SignalEvent e)
        {
            state = SignalLifecycle.Evolve(state, e);
            return e;
        }
    }

    /// <summary>Replaces a stretch of bars by one gap.</summary>
    private static List<SignalInput> WithGap(List<SignalInput> bars, int seed)
    {
        var random = new Random(seed);
        if (random.Next(2) == 0) return bars;
        var from = random.Next(bars.Count - 20);
        var count = random.Next(1, 16);
        var gap = new SignalInput.GapPassed(bars[from].AtMs, bars[from + count].AtMs);
        return [.. bars[..from], gap, .. bars[(from + count)..]];
    }

    private static T[] Disorder<T>(IEnumerable<T> items, int seed)
    {
        var random = new Random(seed);
        var all = items.SelectMany(i => Enumerable.Repeat(i, random.Next(1, 4))).ToArray();
        random.Shuffle(all);
        return all;
    }
}

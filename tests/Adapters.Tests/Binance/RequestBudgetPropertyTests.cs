using FuturesBot.Adapters.Binance;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance;

/// <summary>
/// The budget against a small server that counts as the exchange does: by minutes of its own clock, at the moment a
/// request arrives, together with what other programs behind the address use.
/// </summary>
public sealed class RequestBudgetPropertyTests
{
    private const int OwnMax = 1_320;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    [Theory, MemberData(nameof(Seeds))]
    public void AnyArrival_OurWeightNeverPassesItsShareInAnyMinuteOfTheServer(int seed)
    {
        var run = new Run(seed);
        run.Live(minutes: 6);

        Assert.All(run.Server.OwnByMinute, minute => Assert.True(minute.Value <= OwnMax, $"seed {seed}: minute {minute.Key} had {minute.Value}"));
        // It is no answer to be safe by doing nothing: under load at least half of the history's part is used.
        var busy = run.Server.OwnByMinute.Values.OrderDescending().ElementAt(2);
        Assert.True(busy > 500, $"seed {seed}: the third busiest minute had only {busy}");
    }

    [Theory, MemberData(nameof(Seeds))]
    public void AnyArrival_EveryRequestEndsAndNoneIsLeftOut(int seed)
    {
        var run = new Run(seed);
        run.Live(minutes: 4);
        run.Drain();

        Assert.True(run.Waiting == 0, $"seed {seed}: {run.Waiting} still wait");
        Assert.Equal(run.Asked, run.Sent + run.GivenUp);
        Assert.Equal(0, run.Budget.Read().Lanes.Sum(lane => lane.Waiting));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void AllOtherLanesAreStarved_ProtectiveRequestsGoAtOnce(int seed)
    {
        var run = new Run(seed) { Others = false, Trouble = false };
        run.Live(minutes: 4);

        Assert.True(run.ProtectiveSent > 10, $"seed {seed}: {run.ProtectiveSent} protective requests");
        Assert.True(run.ProtectiveWaitMax <= TimeSpan.FromMilliseconds(Run.StepMs), $"seed {seed}: one waited {run.ProtectiveWaitMax}");
    }

    [Theory, MemberData(nameof(Seeds))]
    public void ServerStaysInItsLimit_EvenWhenWeKnowTooSmallWeights(int seed)
    {
        // An endpoint may get heavier any day: then only the server's header tells.
        var run = new Run(seed) { Others = false, Trouble = false, TrueWeightFactor = 2 };
        run.Live(minutes: 5);

        Assert.All(run.Server.TotalByMinute, minute => Assert.True(minute.Value <= 2_400, $"seed {seed}: minute {minute.Key} had {minute.Value}"));
    }

    /// <summary>Simulated minutes of arrivals, answers, silence, limits and impatience.</summary>
    private sealed class Run
    {
        public const int StepMs = 50;
        private static readonly int[] Weights = [1, 1, 1, 2, 5, 10, 20, 40];

        private readonly Random _random;
        private readonly ManualTime _time;
        private readonly List<Asker> _waiting = [];
        private readonly PriorityQueue<Action, long> _due = new();

        public Run(int seed)
        {
            _random = new(seed);
            _time = new(new(2026, 11, 1, 12, 0, _random.Next(60), TimeSpan.Zero));
            // What the budget knows of the server's clock is wrong by up to 0.4 s either way.
            var skewMs = _random.Next(-30_000, 30_000);
            Server = new(skewMs);
            Budget = new(new(), _time, new BanNotes(), new AlertNotes(), new LogNotes().CreateLogger<RequestBudget>())
            {
                ServerOffset = TimeSpan.FromMilliseconds(skewMs + _random.Next(-400, 400)),
            };
        }

        public RequestBudget Budget { get; }

        public CountingServer Server { get; }

        public bool Others { get; init; } = true;

        public bool Trouble { get; init; } = true;

        public int TrueWeightFactor { get; init; } = 1;

        public int Asked { get; private set; }

        public int Sent { get; private set; }

        public int GivenUp { get; private set; }

        public int ProtectiveSent { get; private set; }

        public TimeSpan ProtectiveWaitMax { get; private set; }

        public int Waiting => _waiting.Count;

        private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

        public void Live(int minutes)
        {
            for (var step = 0; step < minutes * 60_000 / StepMs; step++)
            {
                if (_random.Next(400) == 0) Arrive(_random.Next(200));
                if (_random.Next(3) == 0) Arrive(1);
                if (_random.Next(150) == 0) Ask(RequestLane.Protective, _random.Next(1, 6));
                if (Others && _random.Next(100) == 0) Server.TakeByOthers(_random.Next(60), NowMs);
                if (Trouble && _random.Next(1_200) == 0) Budget.Limited(TimeSpan.FromSeconds(_random.Next(1, 20)));
                if (Trouble && _random.Next(2_000) == 0) _ = Budget.BannedAsync(NowMs + _random.Next(60_000));
                Step();
            }
        }

        public void Drain()
        {
            for (var step = 0; step < 3_600_000 / 500 && (_waiting.Count > 0 || _due.Count > 0); step++) Step(500);
        }

        private void Arrive(int count)
        {
            for (var i = 0; i < count; i++)
                Ask((RequestLane)_random.Next(1, BudgetLimits.LaneCount), Weights[_random.Next(Weights.Length)]);
        }

        private void Ask(RequestLane lane, int weight)
        {
            Asked++;
            var patience = Trouble && _random.Next(4) == 0 ? new CancellationTokenSource() : null;
            var wait = Budget.EnterAsync(new(weight), lane, patience?.Token ?? CancellationToken.None);
            _waiting.Add(new(wait, lane, NowMs));
            if (patience is not null) _due.Enqueue(patience.Cancel, NowMs + _random.Next(90_000));
        }

        private void Step(int ms = StepMs)
        {
            Collect();
            _time.Advance(TimeSpan.FromMilliseconds(ms));
            while (_due.TryPeek(out _, out var atMs) && atMs <= NowMs) _due.Dequeue()();
        }

        private void Collect()
        {
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                var asker = _waiting[i];
                if (!asker.Wait.IsCompleted) continue;
                _waiting.RemoveAt(i);
                if (!asker.Wait.IsCompletedSuccessfully)
                {
                    GivenUp++;
                    continue;
                }

                if (asker.Lane == RequestLane.Protective)
                {
                    ProtectiveSent++;
                    var waited = TimeSpan.FromMilliseconds(NowMs - asker.SinceMs);
                    if (waited > ProtectiveWaitMax) ProtectiveWaitMax = waited;
                }

                Send(asker.Wait.Result);
            }
        }

        private void Send(BudgetLease lease)
        {
            Sent++;
            var (there, back) = (_random.Next(1, 2_500), _random.Next(1, 500));
            var (sentMs, answer) = (NowMs, default(int?));
            _due.Enqueue(() => answer = Server.Take(lease.Cost.Weight * TrueWeightFactor, sentMs + there), sentMs + there);
            _due.Enqueue(
                () =>
                {
                    if (Trouble && _random.Next(50) == 0) lease.Dispose();   // the answer was lost
                    else lease.Answered(new(answer));
                },
                sentMs + there + back);
        }

        private sealed record Asker(Task<BudgetLease> Wait, RequestLane Lane, long SinceMs);
    }

    private sealed class CountingServer(int skewMs)
    {
        public Dictionary<long, int> OwnByMinute { get; } = [];

        public Dictionary<long, int> TotalByMinute { get; } = [];

        public int Take(int weight, long wallMs)
        {
            var minute = (wallMs + skewMs) / 60_000;
            OwnByMinute[minute] = OwnByMinute.GetValueOrDefault(minute) + weight;
            return TotalByMinute[minute] = TotalByMinute.GetValueOrDefault(minute) + weight;
        }

        public void TakeByOthers(int weight, long wallMs)
        {
            var minute = (wallMs + skewMs) / 60_000;
            TotalByMinute[minute] = TotalByMinute.GetValueOrDefault(minute) + weight;
        }
    }
}

using System.Collections.Immutable;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Faults;

/// <summary>The faults of a running exchange: what its script says, and what is switched while it runs.</summary>
public sealed class FaultControl : ISettling
{
    private readonly TimeProvider _wall;
    private readonly Func<long> _marketMs;
    private readonly long _startedAt;
    private readonly Lock _gate = new();
    private readonly long[] _struck = new long[Enum.GetValues<FaultKind>().Length];
    private ImmutableArray<ArmedRule> _rules = [];
    private int _lastId;

    internal FaultControl(FaultScript script, TimeProvider wall, Func<long> marketMs)
    {
        (Script, _wall, _marketMs) = (script, wall, marketMs);
        _startedAt = wall.GetTimestamp();
        foreach (var rule in script.Rules) Add(rule);
    }

    /// <summary>What it was started with.</summary>
    public FaultScript Script { get; }

    /// <summary>The rules in force, by the number that <see cref="Add"/> gave them.</summary>
    public IReadOnlyDictionary<int, FaultRule> Rules => _rules.ToDictionary(armed => armed.Id, armed => armed.Rule);

    /// <summary>How often each kind struck.</summary>
    public IReadOnlyDictionary<FaultKind, long> Struck
    {
        get
        {
            lock (_gate)
                return Enum.GetValues<FaultKind>().Where(kind => _struck[(int)kind] > 0)
                    .ToDictionary(kind => kind, kind => _struck[(int)kind]);
        }
    }

    /// <summary>True while there are rules for events on their way.</summary>
    internal bool TouchesStreams { get; private set; }

    /// <summary>Puts a rule in force.</summary>
    /// <returns>The number to remove it by.</returns>
    public int Add(FaultRule rule)
    {
        lock (_gate)
        {
            var id = ++_lastId;
            Set(_rules.Add(new(id, rule, Xoshiro256.Of(Script.Seed, id))));
            return id;
        }
    }

    /// <returns>False when there was none of that number.</returns>
    public bool Remove(int id)
    {
        lock (_gate)
        {
            var left = _rules.RemoveAll(armed => armed.Id == id);
            var found = left.Length < _rules.Length;
            Set(left);
            return found;
        }
    }

    /// <summary>From now on nothing goes wrong.</summary>
    public void Clear()
    {
        lock (_gate) Set([]);
    }

    /// <inheritdoc/>
    public long HiddenForMs(string path, string symbol) =>
        OfCall(FaultKind.Settling, $"POST {path}", symbol)?.Ms ?? 0;

    /// <inheritdoc/>
    public long TriggersForMs(string symbol) => OfCall(FaultKind.SlowTrigger, "", symbol)?.Ms ?? 0;

    /// <summary>How far the exchange's clock is off, ms.</summary>
    internal long SkewMs => OfCall(FaultKind.ClockSkew, "", null, counts: false)?.Ms ?? 0;

    internal bool Has(FaultKind kind) => _rules.Any(armed => armed.Rule.Kind == kind);

    /// <param name="kind">What may go wrong.</param>
    /// <param name="call">Such as <c>GET /fapi/v1/time</c>.</param>
    /// <param name="symbol">The call's symbol, or null.</param>
    /// <param name="counts">False to look without it being counted.</param>
    internal FaultStrike? OfCall(FaultKind kind, string call, string? symbol, bool counts = true) =>
        Strike(kind, rule => rule.IsOfCall(call, symbol), counts);

    /// <param name="kind">What may go wrong.</param>
    /// <param name="stream">Its name, the type of an account's event, or a connection's route.</param>
    /// <param name="symbol">The event's symbol, or null.</param>
    internal FaultStrike? OfStream(FaultKind kind, string stream, string? symbol) =>
        Strike(kind, rule => rule.IsOfStream(stream, symbol), counts: true);

    private void Set(ImmutableArray<ArmedRule> rules)
    {
        _rules = rules;
        TouchesStreams = rules.Any(armed => armed.Rule.IsOfStreams);
    }

    private FaultStrike? Strike(FaultKind kind, Func<FaultRule, bool> fits, bool counts)
    {
        foreach (var armed in _rules)
        {
            if (armed.Rule.Kind != kind || !fits(armed.Rule)) continue;
            if (!armed.Rule.IsNow(_wall.GetElapsedTime(_startedAt), _marketMs())) continue;
            lock (_gate)
            {
                if (armed.Draw(counts) is not { } strike) continue;
                if (counts) _struck[(int)kind]++;
                return strike;
            }
        }

        return null;
    }

    /// <summary>A rule with its own chances, so that one rule's do not change another's.</summary>
    private sealed class ArmedRule(int id, FaultRule rule, Xoshiro256 random)
    {
        private Xoshiro256 _random = random;
        private int _struck;

        public int Id { get; } = id;

        public FaultRule Rule { get; } = rule;

        public FaultStrike? Draw(bool counts)
        {
            if (_struck >= Rule.Count || !_random.Chance(Rule.Probability)) return null;
            if (counts) _struck++;
            var shortest = Rule.Ms ?? UsualMs(Rule.Kind);
            var ms = Rule.MsMax is { } longest ? (long)_random.Between(shortest, longest + 1) : shortest;
            return new(Rule.Kind, ms, Rule.Executed ?? _random.Chance(0.5), (int)(_random.Uniform() * (1 << 20)));
        }

        private static long UsualMs(FaultKind kind) => kind switch
        {
            FaultKind.Latency or FaultKind.Delay => 500,
            FaultKind.TimeoutBefore or FaultKind.TimeoutAfter => 30_000,
            FaultKind.TooManyRequests => 5_000,
            FaultKind.Ban => 120_000,
            FaultKind.StaleSnapshot => 10_000,
            FaultKind.Settling or FaultKind.SlowTrigger => 3_000,
            FaultKind.Silence => 60_000,
            FaultKind.ClockSkew => 7_000,
            _ => 0,
        };
    }
}

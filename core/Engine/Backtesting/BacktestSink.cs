using System.Runtime.CompilerServices;
using FuturesBot.Domain;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Scoring;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Recording;

namespace FuturesBot.Engine.Backtesting;

/// <summary>Keeps what a run decides: trades, refusals by reason, near misses, and the ledger's lines.</summary>
internal sealed class BacktestSink(LedgerRecorder? ledger) : IPipelineSink
{
    private readonly Dictionary<SignalId, Origin> _origins = [];
    private readonly Dictionary<string, (int Count, RefusalExample Example)> _refusals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _triggers = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Strategy, string Symbol), (int Accepted, int Refused)> _costs = [];
    private readonly Dictionary<string, int> _nearMisses = new(StringComparer.Ordinal);
    private readonly Dictionary<(SetupKind Kind, string Input), long> _unavailable = new(new ByReference());
    private readonly List<TradeRecord> _trades = [];

    public IReadOnlyList<TradeRecord> Trades => _trades;

    public TradeCharts Charts { get; } = new();

    public IReadOnlyDictionary<string, int> Triggers => _triggers;

    public IReadOnlyDictionary<string, int> NearMisses => _nearMisses;

    /// <summary>Decisions that an input was missing for, both sides together.</summary>
    public IReadOnlyDictionary<string, long> Unavailable => new SortedDictionary<string, long>(
        _unavailable
            .GroupBy(entry => $"{NameOf(entry.Key.Kind)}: {entry.Key.Input}", StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(entry => entry.Value), StringComparer.Ordinal),
        StringComparer.Ordinal);

    /// <summary>Symbols and closing times that were asked.</summary>
    public long DecisionBars { get; private set; }

    public IReadOnlyList<RefusalCount> Refusals =>
        [.. _refusals
            .OrderByDescending(entry => entry.Value.Count)
            .ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new RefusalCount(entry.Key, entry.Value.Count, entry.Value.Example))];

    /// <summary>How many planned trades could pay their costs, by strategy and symbol.</summary>
    public IReadOnlyList<CostGate> CostGates =>
        [.. _costs
            .OrderBy(entry => entry.Key.Strategy, StringComparer.Ordinal)
            .ThenBy(entry => entry.Key.Symbol, StringComparer.Ordinal)
            .Select(entry => new CostGate(entry.Key.Strategy, entry.Key.Symbol, entry.Value.Accepted, entry.Value.Refused))];

    public void Asked(SymbolDesk desk, long closeMs, DecisionLog log)
    {
        DecisionBars++;
        ledger?.Asked(desk, closeMs, log);
        Charts.Bar(desk);
        if (!log.Exhaustive) return;
        foreach (ref readonly var head in log.Decisions)
        {
            if (head.Status == DecisionStatus.Unavailable) CountUnavailable(head, log);
        }
    }

    public string Decided(DecisionRecord decision)
    {
        if (decision.Status == DecisionStatus.NearMiss) CountNearMiss(decision);
        if (decision.Verdict is { } verdict) Judged(decision, verdict);
        return ledger?.Decided(decision) ?? "";
    }

    public void Moved(SignalEvent what, SignalState now)
    {
        ledger?.Moved(what);
        switch (what)
        {
            case SignalEvent.Closed closed:
                var origin = _origins[now.Plan.Id];
                var trade = TradeRecords.Of(now.Plan, closed.Result, origin.Score, origin.Regime);
                _trades.Add(trade);
                Charts.End(trade);
                _origins.Remove(now.Plan.Id);
                break;
            case SignalEvent.Refused refused:
                CountRefusal(now.Plan, refused);
                Forget(now.Plan.Id);
                break;
            case SignalEvent.EntryExpired or SignalEvent.EntryCancelled or SignalEvent.EntryRejected:
                Forget(now.Plan.Id);
                break;
        }
    }

    private void Forget(SignalId id)
    {
        _origins.Remove(id);
        Charts.Drop(id.Value);
    }

    private static void Increment(Dictionary<string, int> counts, string key) =>
        counts[key] = counts.GetValueOrDefault(key) + 1;

    private static string NameOf(SetupKind kind) => kind.Mode.Length == 0 ? kind.Strategy : $"{kind.Strategy} {kind.Mode}";

    private void Judged(DecisionRecord decision, Verdict verdict)
    {
        Increment(_triggers, NameOf(decision.Kind));
        CountCost(decision, verdict);
        switch (verdict)
        {
            case Verdict.Approved approved:
                _origins[approved.Plan.Id] = new(verdict.Ranked.Score, decision.Regime.Label.ToString());
                Charts.Begin(approved.Plan);
                break;
            case Verdict.Refused refused:
                CountRefusal(refused.Why.ToString(), new(
                    decision.Symbol.Name, NameOf(decision.Kind), decision.AtMs, refused.Why.ToString(), refused.Value, refused.Limit));
                break;
        }
    }

    private void CountCost(DecisionRecord decision, Verdict verdict)
    {
        var refused = verdict is Verdict.Refused { Why: Refusal.CostTooHigh };
        if (!refused && verdict is not Verdict.Approved) return;
        var key = (decision.Kind.Strategy, decision.Symbol.Name);
        var (accepted, tooDear) = _costs.GetValueOrDefault(key);
        _costs[key] = refused ? (accepted, tooDear + 1) : (accepted + 1, tooDear);
    }

    private void CountRefusal(TradePlan plan, SignalEvent.Refused refused) => CountRefusal(
        refused.Why.ToString(),
        new(plan.Symbol.Name, plan.Strategy, refused.AtMs, refused.Why.ToString(), double.NaN, double.NaN));

    private void CountRefusal(string reason, RefusalExample example) =>
        _refusals[reason] = (_refusals.GetValueOrDefault(reason).Count + 1, example);   // the latest is kept

    private void CountNearMiss(DecisionRecord decision)
    {
        foreach (var predicate in decision.Predicates)
        {
            if (predicate.Role != PredicateRole.Note && predicate.Outcome == PredicateOutcome.Failed)
                Increment(_nearMisses, $"{NameOf(decision.Kind)}: {predicate.Name}");
        }
    }

    private void CountUnavailable(in DecisionHead head, DecisionLog log)
    {
        foreach (ref readonly var predicate in log.Of(head))
        {
            if (predicate.Outcome != PredicateOutcome.Unavailable || predicate.Role != PredicateRole.Mandatory) continue;
            var key = (head.Kind, predicate.Name);
            _unavailable[key] = _unavailable.GetValueOrDefault(key) + 1;
        }
    }

    private readonly record struct Origin(Score Score, string Regime);

    /// <summary>Kinds and predicate names are made once: comparing references spares hashing texts on every bar.</summary>
    private sealed class ByReference : IEqualityComparer<(SetupKind Kind, string Input)>
    {
        public bool Equals((SetupKind Kind, string Input) x, (SetupKind Kind, string Input) y) =>
            ReferenceEquals(x.Kind, y.Kind) && ReferenceEquals(x.Input, y.Input);

        public int GetHashCode((SetupKind Kind, string Input) obj) =>
            RuntimeHelpers.GetHashCode(obj.Kind) ^ RuntimeHelpers.GetHashCode(obj.Input);
    }
}

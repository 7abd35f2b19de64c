namespace FuturesBot.Domain.Strategies;

/// <summary>
/// Where strategies write what they checked: all decisions of one symbol at one closing time, in
/// catalog order, without allocation once it has seen its longest. The reader is the ledger, <c>/why</c> and the page.
/// </summary>
/// <remarks>
/// Every check answers "shall I go on?". In an exhaustive log the answer is always yes, so that each
/// decision holds all its predicates; otherwise the first failure ends the question, which is what makes
/// a backtest without a ledger quick. Both ways the same setups fire.
/// </remarks>
public sealed class DecisionLog
{
    // Far above the catalog's sum; reaching it is a bug in a strategy, and throws.
    private const int PredicatesMax = 1024;
    private const int DecisionsMax = 64;

    // The room grows to what a closing time writes, one log a symbol: the catalog's decisions, of which most end early.
    private const int PredicatesAtFirst = 32;
    private const int DecisionsAtFirst = 8;

    private Predicate[] _predicates = new Predicate[PredicatesAtFirst];
    private DecisionHead[] _heads = new DecisionHead[DecisionsAtFirst];
    private readonly List<Setup> _fired = [];
    private readonly FiredSetups _before;
    private SetupKind? _kind;
    private int _count;
    private int _decisions;
    private int _first;
    private int _failed;
    private bool _missing;

    /// <param name="exhaustive">Ask every predicate even after one has failed.</param>
    /// <param name="before">The symbol's setups that have fired already.</param>
    public DecisionLog(bool exhaustive, FiredSetups before)
    {
        Exhaustive = exhaustive;
        _before = before;
    }

    public bool Exhaustive { get; }

    public ReadOnlySpan<DecisionHead> Decisions => _heads.AsSpan(0, _decisions);

    /// <summary>The setups that fired, in catalog order.</summary>
    public IReadOnlyList<Setup> Fired => _fired;

    public ReadOnlySpan<Predicate> Of(in DecisionHead head) => _predicates.AsSpan(head.First, head.Count);

    /// <summary>Starts the next closing time.</summary>
    public void Clear()
    {
        Close(DecisionStatus.NotReached);
        _count = 0;
        _decisions = 0;
        if (_fired.Count > 0) _fired.Clear();
    }

    /// <summary>Starts the next question. The one before, if it was left early, counts as not reached.</summary>
    public void Begin(SetupKind kind)
    {
        Close(DecisionStatus.NotReached);
        _kind = kind;
        _first = _count;
        _failed = 0;
        _missing = false;
    }

    /// <summary>Closes the last question of a closing time.</summary>
    public void End() => Close(DecisionStatus.NotReached);

    public bool AtLeast(string name, double value, double threshold, PredicateRole role = PredicateRole.Mandatory) =>
        Check(name, value, Comparison.AtLeast, threshold, value >= threshold, role);

    public bool Above(string name, double value, double threshold, PredicateRole role = PredicateRole.Mandatory) =>
        Check(name, value, Comparison.Above, threshold, value > threshold, role);

    public bool AtMost(string name, double value, double threshold, PredicateRole role = PredicateRole.Mandatory) =>
        Check(name, value, Comparison.AtMost, threshold, value <= threshold, role);

    public bool Below(string name, double value, double threshold, PredicateRole role = PredicateRole.Mandatory) =>
        Check(name, value, Comparison.Below, threshold, value < threshold, role);

    /// <summary>A yes-or-no question; null when the input is missing.</summary>
    public bool Is(string name, bool? answer, PredicateRole role = PredicateRole.Mandatory) =>
        Check(name, answer is { } known ? (known ? 1 : 0) : double.NaN, Comparison.Is, 1, answer == true, role);

    /// <summary>
    /// A structural condition: without it the remaining questions have no meaning, so the answer is no
    /// even in an exhaustive log.
    /// </summary>
    public bool Exists(string name, bool exists)
    {
        Check(name, exists ? 1 : 0, Comparison.Is, 1, exists, PredicateRole.Mandatory);
        return exists;
    }

    /// <summary>A mandatory input of the strategy; when missing, the decision is unavailable and ends.</summary>
    public bool Has(string name, bool available)
    {
        if (available) return true;
        Check(name, double.NaN, Comparison.Is, 1, passed: false, PredicateRole.Mandatory);
        Close(DecisionStatus.Unavailable);
        return false;
    }

    /// <summary>
    /// The end of the question. True when every predicate passed and this setup has not fired before: the
    /// caller then calls <see cref="Fire"/>.
    /// </summary>
    public bool Settle(in SetupKey key)
    {
        if (_failed == 0 && !_missing) Is("first time this setup fires", !_before.Contains(key));
        if (_failed == 0 && !_missing) return true;
        Close(_missing ? DecisionStatus.Unavailable : _failed == 1 ? DecisionStatus.NearMiss : DecisionStatus.NotMet);
        return false;
    }

    /// <summary>Records the trigger that <see cref="Settle"/> allowed.</summary>
    public void Fire(Setup setup)
    {
        _before.Add(setup.Key);
        _fired.Add(setup);
        Close(DecisionStatus.Fired);
    }

    private bool Check(string name, double value, Comparison how, double threshold, bool passed, PredicateRole role)
    {
        var outcome = double.IsNaN(value) || double.IsNaN(threshold)
            ? PredicateOutcome.Unavailable
            : passed ? PredicateOutcome.Passed : PredicateOutcome.Failed;
        if (_count == _predicates.Length) Grow(ref _predicates, PredicatesMax, "predicates");
        _predicates[_count++] = new Predicate(name, value, how, threshold, outcome, role);
        if (role == PredicateRole.Note || outcome == PredicateOutcome.Passed) return true;
        if (outcome == PredicateOutcome.Unavailable)
        {
            if (role == PredicateRole.Skippable) return true;
            _missing = true;
            return Exhaustive;
        }

        _failed++;
        return Exhaustive;
    }

    private void Close(DecisionStatus status)
    {
        if (_kind is null) return;
        if (status == DecisionStatus.NotReached && _missing) status = DecisionStatus.Unavailable;
        if (_decisions == _heads.Length) Grow(ref _heads, DecisionsMax, "decisions");
        _heads[_decisions++] = new DecisionHead(_kind, status, _first, _count - _first, _failed);
        _kind = null;
    }

    private static void Grow<T>(ref T[] room, int max, string what)
    {
        if (room.Length == max) throw new InvalidOperationException($"A closing time wrote more than {max} {what} on one symbol");
        Array.Resize(ref room, 2 * room.Length);
    }
}

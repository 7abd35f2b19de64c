using FuturesBot.Domain;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Engine.Running;

/// <summary>The newest setups that were one check short of firing. In memory alone: after a restart it begins anew.</summary>
public sealed class NearMissBoard
{
    /// <summary>Near misses kept; older ones are forgotten.</summary>
    public const int Keep = 2_000;

    private readonly Queue<NearMiss> _notes = new();

    /// <summary>Newest first.</summary>
    public IEnumerable<NearMiss> Newest => _notes.Reverse();

    /// <summary>Takes a decision in; anything but a near miss changes nothing.</summary>
    public void Add(DecisionRecord decision)
    {
        if (decision.Status != DecisionStatus.NearMiss) return;
        var failed = decision.Predicates.FirstOrDefault(
            predicate => predicate.Outcome == PredicateOutcome.Failed && predicate.Role != PredicateRole.Note);
        if (failed.Name is null) return;
        _notes.Enqueue(new(decision.AtMs, decision.Symbol, decision.Kind, failed));
        if (_notes.Count > Keep) _notes.Dequeue();
    }
}

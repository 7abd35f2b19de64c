using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Engine.Running;

/// <summary>A signal with all that was known when it was decided and all that has happened since.</summary>
public sealed record SignalRecord
{
    public required SignalState State { get; init; }

    /// <summary>Every summand of the score.</summary>
    public required IReadOnlyList<ScorePart> ScoreParts { get; init; }

    /// <summary>The strategy judges itself: no threshold of the common score applies.</summary>
    public required bool ScoresItself { get; init; }

    /// <summary>Regime at the decision, such as <c>Trend</c>.</summary>
    public required string Regime { get; init; }

    /// <summary>What the strategy checked.</summary>
    public required IReadOnlyList<Predicate> Predicates { get; init; }

    /// <summary>The journal events so far.</summary>
    public IReadOnlyList<SignalEvent> Events { get; init; } = [];

    /// <summary>Market time of its end, UTC, Unix milliseconds; null while it lives.</summary>
    public long? EndedAtMs => State.IsFinal && Events.Count > 0 ? Events[^1].AtMs : null;
}

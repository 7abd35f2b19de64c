using System.Text.Json.Serialization;
using FuturesBot.Domain.Analysis;
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

    /// <summary>Direction of that regime; null when it was not kept, as in records of earlier versions.</summary>
    public Bias? RegimeDirection { get; init; }

    /// <summary>How sure it was, 0–1; NaN when it was not kept.</summary>
    public double RegimeConfidence { get; init; } = double.NaN;

    /// <summary>The regime as the boards name it, such as <c>TREND up</c>; empty when it was not known.</summary>
    [JsonIgnore]
    public string RegimeLabel => RegimeDirection is { } direction ? RegimeBoard.LabelOf(Regime, direction) : Regime.ToUpperInvariant();

    /// <summary>What the strategy checked.</summary>
    public required IReadOnlyList<Predicate> Predicates { get; init; }

    /// <summary>The journal events so far.</summary>
    public IReadOnlyList<SignalEvent> Events { get; init; } = [];

    /// <summary>Market time of its end, UTC, Unix milliseconds; null while it lives.</summary>
    public long? EndedAtMs => State.IsFinal && Events.Count > 0 ? Events[^1].AtMs : null;
}

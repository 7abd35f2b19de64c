using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain.Reporting;

/// <summary>All that a message about a signal is made of. What is unavailable is NaN, null or empty, and the message names it.</summary>
public sealed record SignalFacts
{
    public required SignalState State { get; init; }

    /// <summary>The journal events so far.</summary>
    public IReadOnlyList<SignalEvent> Events { get; init; } = [];

    /// <summary>Every summand of the score.</summary>
    public IReadOnlyList<ScorePart> ScoreParts { get; init; } = [];

    /// <summary>The strategy judges itself, in whole points.</summary>
    public bool ScoresItself { get; init; }

    /// <summary>The score that was needed; NaN when unknown.</summary>
    public double ScoreNeeded { get; init; } = double.NaN;

    /// <summary>Regime of the 4h market at the decision, such as <c>TREND up</c>; empty when unavailable.</summary>
    public string Regime { get; init; } = "";

    /// <summary>0–1; NaN when unavailable.</summary>
    public double RegimeConfidence { get; init; } = double.NaN;

    public AccountKind Account { get; init; }

    /// <summary>What the stop would cost, in percent of equity; NaN when unknown.</summary>
    public double RiskPercent { get; init; } = double.NaN;

    /// <summary>Last price; NaN when there is none.</summary>
    public double LastPrice { get; init; } = double.NaN;

    /// <summary>Null when the past is not known.</summary>
    public TrackRecord? Record { get; init; }

    /// <summary>Null when it is not known.</summary>
    public DayStanding? Today { get; init; }

    public TradePlan Plan => State.Plan;
}

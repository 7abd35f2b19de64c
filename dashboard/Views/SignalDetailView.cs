namespace FuturesBot.Dashboard;

/// <summary>Everything about one signal.</summary>
/// <param name="Targets">The parts of the position in order; the runner has no price.</param>
/// <param name="ScoreThreshold">The score a trade enters from; NaN when the strategy judges otherwise.</param>
/// <param name="CostR">Estimated round trip; NaN when unknown.</param>
/// <param name="CostGateR">The most it may be; NaN when not gated.</param>
/// <param name="DecisionHash">Of its line in the ledger; null when the ledger is off.</param>
public sealed record SignalDetailView(
    SignalView Signal,
    IReadOnlyList<TargetView> Targets,
    IReadOnlyList<ScorePartView> ScoreParts,
    double ScoreThreshold,
    IReadOnlyList<PredicateView> Predicates,
    IReadOnlyList<LifeEventView> Life,
    IReadOnlyList<ExitView> Exits,
    decimal? Quantity,
    decimal? NotionalUsdt,
    decimal? RiskUsdt,
    double FeesR,
    double FundingR,
    double SlippageR,
    double CostR,
    double CostGateR,
    string? DecisionHash)
{
    /// <summary>Gain in R before costs when every part reaches its target; NaN when unknown.</summary>
    public double RewardR { get; init; } = double.NaN;

    /// <summary>Share of such trades that must gain that much to lose nothing, 0–1; NaN when unknown.</summary>
    public double BreakEvenWinRate { get; init; } = double.NaN;
}

using FuturesBot.Domain.Risk;

namespace FuturesBot.Domain.Signals;

/// <summary>A plan, and why it must not be traded; a refused plan is shown and counted too.</summary>
/// <param name="Plan">Complete as far as it goes; a size of 0 where none could be found.</param>
/// <param name="Why">Null when it may be traded.</param>
/// <param name="StopBasis">What the stop stands on.</param>
/// <param name="CostR">Expected round trip, R; 0 when the stop is unusable.</param>
public sealed record PlanDecision(TradePlan Plan, Refusal? Why, StopBasis StopBasis, decimal CostR);

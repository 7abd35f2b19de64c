using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>Symbols of which each is linked to another one of the cluster.</summary>
/// <param name="Number">From 1.</param>
/// <param name="CorrelationMean">Mean over all pairs in it.</param>
/// <param name="CorrelationMin">Of the pair that is least alike: it may lie below the threshold.</param>
/// <param name="Positions">Open positions in it.</param>
/// <param name="RiskPercent">Of equity, at the present stops.</param>
public sealed record ClusterView(
    int Number, IReadOnlyList<Symbol> Symbols, double CorrelationMean, double CorrelationMin, int Positions, double RiskPercent);

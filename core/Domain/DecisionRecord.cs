using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain;

/// <summary>One decision worth keeping whole: a trigger with its verdict, or a near miss.</summary>
public sealed record DecisionRecord(
    Symbol Symbol,
    long AtMs,
    SetupKind Kind,
    DecisionStatus Status,
    IReadOnlyList<Predicate> Predicates,
    RegimeReading Regime,
    Verdict? Verdict);

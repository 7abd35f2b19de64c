using FuturesBot.Domain.Strategies;

namespace FuturesBot.Engine.Running;

/// <summary>One question of one strategy at one closing time, with all that was checked.</summary>
public sealed record AskedSetup(
    SetupKind Kind, long CloseMs, DecisionStatus Status, int Failed, IReadOnlyList<Predicate> Predicates);

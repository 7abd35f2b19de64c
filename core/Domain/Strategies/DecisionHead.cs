namespace FuturesBot.Domain.Strategies;

/// <summary>One setup's evaluation at one closing time; its predicates lie in the <see cref="DecisionLog"/>.</summary>
public readonly record struct DecisionHead(SetupKind Kind, DecisionStatus Status, int First, int Count, int Failed);

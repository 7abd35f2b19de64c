namespace FuturesBot.Domain.Risk;

/// <summary>A placed stop.</summary>
/// <param name="Price">On the tick, quote units.</param>
/// <param name="Basis">What it stands on.</param>
/// <param name="Why">Null when the stop may be used.</param>
public readonly record struct StopDecision(decimal Price, StopBasis Basis, Refusal? Why);

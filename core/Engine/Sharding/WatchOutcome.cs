namespace FuturesBot.Engine.Sharding;

/// <summary>What became of the wish to be told of prices.</summary>
/// <param name="Refusal">Why they are not watched; null: they are.</param>
/// <param name="Low">Lowest price of the whole minutes since the signal's moment, quote units; null when none is known yet.</param>
/// <param name="High">Highest price of the same.</param>
public sealed record WatchOutcome(string? Refusal, decimal? Low = null, decimal? High = null);

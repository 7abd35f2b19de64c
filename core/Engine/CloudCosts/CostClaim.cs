namespace FuturesBot.Engine.CloudCosts;

/// <summary>Something that the costs were promised to keep.</summary>
/// <param name="Text">The promise.</param>
/// <param name="Value">What came out.</param>
/// <param name="Limit">What it may be at most.</param>
/// <param name="Why">Which lines weigh most, for when it does not hold.</param>
public sealed record CostClaim(string Text, double Value, double Limit, string Why)
{
    public bool Holds => Value <= Limit;
}

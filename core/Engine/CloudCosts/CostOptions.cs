namespace FuturesBot.Engine.CloudCosts;

/// <summary>What <c>futuresbot cost</c> multiplies the measured hour with.</summary>
public sealed record CostOptions
{
    /// <summary>When the prices were looked up.</summary>
    public string PricesAsOf { get; init; } = "2026-11-20";

    /// <summary>Where they come from.</summary>
    public string PricesSource { get; init; } =
        "third-party pages of May 2025 to October 2026 and the vendor's documentation; storage, alerts and vault from memory, verify";

    public CostPrices Prices { get; init; } = new();

    public CostGrants Grants { get; init; } = new();

    public CostAssumptions Assumed { get; init; } = new();
}

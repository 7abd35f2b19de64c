namespace FuturesBot.Engine.CloudCosts;

/// <summary>What <c>futuresbot cost</c> multiplies the measured hour with.</summary>
public sealed record CostOptions
{
    /// <summary>When the prices were looked up.</summary>
    public string PricesAsOf { get; init; } = "2026-11-29";

    /// <summary>Where they come from.</summary>
    public string PricesSource { get; init; } =
        "North Europe where found, else the dearest region found; the retail price API as public repositories quoted it from July to October 2026, "
        + "and third-party pages; each price says which";

    public CostPrices Prices { get; init; } = new();

    public CostGrants Grants { get; init; } = new();

    public CostAssumptions Assumed { get; init; } = new();
}

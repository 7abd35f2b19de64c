namespace FuturesBot.Engine.CloudCosts;

/// <summary>A month's bill as the model expects it.</summary>
public sealed record CostReport(CostAsk Ask, MeasuredHour Hour, IReadOnlyList<CostLine> Lines)
{
    /// <summary>Everything that has a price, US dollars.</summary>
    public double TotalUsd => Lines.Sum(line => line.Usd ?? 0);

    /// <summary>Compute, storage and queues.</summary>
    public double CoreUsd => Lines.Where(line => line.Group <= CostGroup.Queues).Sum(line => line.Usd ?? 0);

    /// <summary>Lines without a known price: the total lacks them.</summary>
    public IEnumerable<CostLine> Unpriced => Lines.Where(line => line.Usd is null);
}

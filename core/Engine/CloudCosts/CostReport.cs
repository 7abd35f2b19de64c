namespace FuturesBot.Engine.CloudCosts;

/// <summary>A month's bill as the model expects it.</summary>
public sealed record CostReport(CostAsk Ask, MeasuredHour Hour, IReadOnlyList<CostLine> Lines)
{
    /// <summary>Everything, US dollars.</summary>
    public double TotalUsd => Lines.Sum(line => line.Usd);

    /// <summary>Compute, storage and queues.</summary>
    public double CoreUsd => Lines.Where(line => line.Group <= CostGroup.Queues).Sum(line => line.Usd);
}

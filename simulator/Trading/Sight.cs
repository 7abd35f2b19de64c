namespace FuturesBot.Simulator.Trading;

/// <summary>Which orders a query or a cancel finds: those that have settled, on wall time.</summary>
internal sealed class Sight(TimeProvider wall)
{
    public bool Sees(Order order) => Sees(order.VisibleAtMs);

    public bool Sees(AlgoOrder order) => Sees(order.VisibleAtMs);

    private bool Sees(long visibleAtMs) =>
        visibleAtMs == 0 || visibleAtMs <= wall.GetUtcNow().ToUnixTimeMilliseconds();
}

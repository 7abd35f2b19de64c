namespace FuturesBot.Simulator.Trading;

/// <summary>
/// Hears what happens to the account, in the order in which it happens. The order's fields are those of the
/// moment.
/// </summary>
internal interface ITradingListener
{
    /// <summary>An order was taken in, changed, cancelled or has expired.</summary>
    void OnOrder(Order order, ExecutionType what, ExpireReason reason);

    /// <summary>An order has traded; balance and position are those after it.</summary>
    void OnFill(Fill fill);

    void OnFunding(SymbolDesk desk, decimal amount);

    void OnAlgo(AlgoOrder order);

    /// <summary>A conditional order that waited among the orders, as before 2025-12-09, was refused when its price was reached.</summary>
    void OnTriggerRefused(Order order, string reason);

    void OnLeverage(SymbolDesk desk);
}

using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance;

/// <summary>The right to send one request. It is given back when the answer is there, or when there will be none.</summary>
public sealed class BudgetLease : IDisposable
{
    private readonly RequestBudget _budget;

    internal BudgetLease(RequestBudget budget, RequestCost cost, RequestLane lane)
    {
        _budget = budget;
        Cost = cost;
        Lane = lane;
    }

    public RequestCost Cost { get; }

    public RequestLane Lane { get; }

    /// <summary>Windows that this request is charged to, by <see cref="FixedWindow.Index"/>.</summary>
    internal WindowSpan[] Spans { get; } = new WindowSpan[FixedWindow.Count];

    internal LinkedListNode<BudgetLease>? Place { get; set; }

    /// <summary>Gives back, and tells what the server said of the limits.</summary>
    public void Answered(BudgetHeaders headers) => _budget.Release(this, headers);

    /// <summary>Gives back without an answer; after <see cref="Answered"/> it does nothing.</summary>
    public void Dispose() => _budget.Release(this, headers: null);
}

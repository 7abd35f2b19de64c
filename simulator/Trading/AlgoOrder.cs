namespace FuturesBot.Simulator.Trading;

/// <summary>A conditional order.</summary>
internal sealed class AlgoOrder(AlgoRequest request, SymbolDesk desk)
{
    /// <summary>Counts up over all symbols; not an order id.</summary>
    public required long Id { get; init; }

    public required string ClientId { get; init; }

    public AlgoRequest Request { get; } = request;

    public SymbolDesk Desk { get; } = desk;

    public required long CreatedMs { get; init; }

    public long UpdatedMs { get; set; }

    /// <summary>When its price was reached, UTC, Unix milliseconds; 0 before.</summary>
    public long TriggeredMs { get; set; }

    /// <summary>The wait for its date; null without one.</summary>
    public (long AtMs, long Number)? Expiry { get; set; }

    /// <summary>Wall time, Unix milliseconds: queries and cancels do not find it before.</summary>
    public long VisibleAtMs { get; init; }

    public AlgoStatus Status { get; set; }

    /// <summary>
    /// What it is shown as on <c>/fapi/v1/order</c>, where it lived before 2025-12-09; null in the algo service.
    /// </summary>
    public Order? Legacy { get; set; }

    /// <summary>The order that it became; null before.</summary>
    public Order? Actual { get; set; }

    /// <summary>Why it was refused; empty otherwise.</summary>
    public string Reason { get; set; } = "";

    /// <summary>STOP and STOP_MARKET: the price moves against the side that it protects.</summary>
    public bool IsStop => Request.Type is OrderType.Stop or OrderType.StopMarket;

    /// <summary>Waiting, or on its way to the matching engine.</summary>
    public bool IsLive => Status is AlgoStatus.New or AlgoStatus.Triggering;

    /// <summary>It becomes a limit order.</summary>
    public bool IsLimit => Request.Type is OrderType.Stop or OrderType.TakeProfit;

    /// <summary>True when this price triggers it.</summary>
    public bool Reached(decimal price)
    {
        var upwards = IsStop == (Request.Side == OrderSide.Buy);
        return upwards ? price >= Request.TriggerPrice : price <= Request.TriggerPrice;
    }
}

using FuturesBot.Simulator.Wire;

namespace FuturesBot.Simulator.Trading;

/// <content>
/// Conditional orders. They live outside the matching engine until their price is reached, need no margin
/// before that, and become an order with another id then.
/// </content>
internal sealed partial class TradingEngine
{
    private const string AlgoPath = "/fapi/v1/algoOrder";

    /// <summary>Takes a conditional order in, or refuses it.</summary>
    public Outcome<AlgoOrder> Place(AlgoRequest request)
    {
        var desk = _desks[request.Symbol];
        if (Check(desk, request) is { } wrong) return wrong;
        var order = new AlgoOrder(request, desk)
        {
            Id = _nextAlgoId,
            ClientId = request.ClientId ?? $"simalgo{_nextAlgoId}",
            CreatedMs = _market.NowMs,
            UpdatedMs = _market.NowMs,
            VisibleAtMs = _visibleAt(AlgoPath, desk.Symbol.Symbol.Name),
        };
        _nextAlgoId++;
        desk.Algos.Add(order);
        Archive.Add(order);
        _listener.OnAlgo(order);
        if (request.GoodTillMs > 0)
            order.Expiry = _due.Add(request.GoodTillMs / 1000 * 1000, () => End(order, AlgoStatus.Expired));
        return order;
    }

    /// <summary>
    /// Takes a conditional order in among the orders, or refuses it, as <c>/fapi/v1/order</c> did before 2025-12-09: with the margin
    /// that it will need, an order's id, and an order's events. What it becomes has the same id.
    /// </summary>
    public Outcome<Order> PlaceAmongOrders(AlgoRequest request)
    {
        var desk = _desks[request.Symbol];
        var (symbol, market) = (desk.Symbol, _market.NowMs);
        if (desk.Algos.Count >= symbol.MaxAlgoOrders) return Refusals.TooManyAlgoOrders;
        if (Check(desk, request) is { } wrong) return wrong;
        var algo = new AlgoOrder(request, desk) { Id = 0, ClientId = request.ClientId ?? $"sim{_nextOrderId}", CreatedMs = market, UpdatedMs = market };
        symbol.TryTicks(request.Price, out var ticks);
        symbol.TrySteps(request.Quantity, out var steps);
        var order = New(desk, ChildOf(algo) with { Type = request.Type, TimeInForce = request.TimeInForce, GoodTillMs = request.GoodTillMs }, ticks, steps, algo);
        if ((RefuseId(order) ?? RefuseMargin(order)) is { } refusal) return refusal;
        _nextOrderId++;
        algo.Legacy = order;
        desk.Algos.Add(algo);
        Archive.Add(order);
        _listener.OnOrder(order, ExecutionType.New, ExpireReason.None);
        if (order.GoodTillMs > 0) algo.Expiry = _due.Add(order.GoodTillMs, () => End(algo, AlgoStatus.Expired));
        return order;
    }

    /// <summary>Cancels a conditional order that waits for its price.</summary>
    public Refusal? Cancel(AlgoOrder order)
    {
        if (order.Status == AlgoStatus.Triggering) return Refusals.Triggering;
        if (order.Status != AlgoStatus.New) return Refusals.UnknownToCancel;
        End(order, AlgoStatus.Canceled);
        return null;
    }

    /// <summary>Cancels the waiting conditional orders of a contract.</summary>
    public void CancelAllAlgos(SymbolDesk desk)
    {
        foreach (var order in desk.Algos.Where(order => order.Status == AlgoStatus.New).ToArray())
            End(order, AlgoStatus.Canceled);
    }

    private Refusal? Check(SymbolDesk desk, AlgoRequest request)
    {
        var symbol = desk.Symbol;
        var isLimit = request.Type is OrderType.Stop or OrderType.TakeProfit;
        if (OrderRules.ClientId(request.ClientId) is { } wrongId) return wrongId;
        if (OrderRules.GoodTill(request.TimeInForce, request.GoodTillMs, _market.NowMs) is { } wrongDate)
            return wrongDate;
        if (OrderRules.TriggerPrice(symbol, request.TriggerPrice) is { } wrongTrigger) return wrongTrigger;
        if (!request.ClosePosition && OrderRules.Quantity(symbol, request.Quantity, !isLimit, out _) is { } wrongSize)
            return wrongSize;
        if (isLimit && request.PriceMatch == PriceMatch.None)
        {
            if (OrderRules.Price(symbol, request.Price, out _) is { } wrongPrice) return wrongPrice;
            if (OrderRules.PercentTrigger(symbol, request.Side, request.Price, request.TriggerPrice) is { } tooFar)
                return tooFar;
        }

        var least = isLimit && request.Price > 0 ? request.Price : request.TriggerPrice;
        var reduces = request.ReduceOnly || request.ClosePosition;
        return OrderRules.Notional(symbol, least, request.Quantity, reduces) ?? CheckLive(desk, request);
    }

    private Refusal? CheckLive(SymbolDesk desk, AlgoRequest request)
    {
        if (request.ClientId is { } id && Archive.FindAlgo(id) is { IsLive: true })
            return Refusals.DuplicateClientId;
        if (_desks.Sum(other => other.Algos.Count) >= _options.AlgoOrdersMax) return Refusals.TooManyAlgoOrders;
        if (request.TimeInForce == TimeInForce.GteGtc && desk.Position.Closable(request.Side) == 0)
            return Refusals.NoPositionForGte;
        var probe = new AlgoOrder(request, desk) { Id = 0, ClientId = "", CreatedMs = 0 };
        if (request.ClosePosition && desk.Algos.Exists(other =>
            other.Request.ClosePosition && other.Request.Side == request.Side && other.IsStop == probe.IsStop))
            return Refusals.SecondClosePosition;
        return probe.Reached(WorkingPrice(desk, request.WorkingType)) ? Refusals.WouldTrigger : null;
    }

    private decimal WorkingPrice(SymbolDesk desk, WorkingType type) =>
        type == WorkingType.MarkPrice ? Mark(desk) : desk.Symbol.Price(_market.LastTicks(desk.Index));

    /// <summary>Triggers what this price reaches, the oldest first.</summary>
    private void Trigger(SymbolDesk desk, WorkingType type, decimal price)
    {
        if (desk.Algos.Count == 0) return;
        foreach (var order in desk.Algos.Where(order => IsReached(order, type, price)).ToArray())
        {
            if (order.Status != AlgoStatus.New) continue;
            order.TriggeredMs = _market.NowMs;
            _due.Remove(order.Expiry);
            Become(order, AlgoStatus.Triggering);
            var delayMs = _triggerMs(desk.Symbol.Symbol.Name);
            if (delayMs == 0) Send(order);
            else _due.Add(_market.NowMs + delayMs, () => Send(order));
            Sweep(desk);
        }
    }

    private bool IsReached(AlgoOrder order, WorkingType type, decimal price) =>
        order.Status == AlgoStatus.New && order.Request.WorkingType == type && order.Reached(price)
        && !(order.Request.PriceProtect && IsApart(order.Desk));

    /// <summary>True while mark and last price are so far apart that protected orders do not trigger.</summary>
    private bool IsApart(SymbolDesk desk)
    {
        var (mark, last) = (Mark(desk), WorkingPrice(desk, WorkingType.ContractPrice));
        return Math.Abs(mark - last) > mark * desk.Symbol.TriggerProtect;
    }

    /// <summary>A triggered order reaches the matching engine.</summary>
    private void Send(AlgoOrder algo)
    {
        var (desk, request) = (algo.Desk, algo.Request);
        var quantity = request.ClosePosition ? desk.Position.Closable(request.Side) : request.Quantity;
        var price = request.Price;
        if ((request.ReduceOnly || request.ClosePosition) && desk.Position.Closable(request.Side) == 0)
        {
            Reject(algo, "Reduce Only reject");
            return;
        }

        if (request.PriceMatch != PriceMatch.None
            && Matched(desk, request.Side, request.PriceMatch, out price) is { } noLevel)
        {
            Reject(algo, noLevel.Message);
            return;
        }

        desk.Symbol.TryTicks(price, out var ticks);
        desk.Symbol.TrySteps(quantity, out var steps);
        var order = New(desk, ChildOf(algo), ticks, steps, algo);
        if (Refuse(order) is { } refusal)
        {
            Reject(algo, refusal.Message);
            return;
        }

        desk.Algos.Remove(algo);
        Become(algo, AlgoStatus.Triggered, order);
        Accept(order);
        Sweep(desk);
    }

    private static OrderRequest ChildOf(AlgoOrder algo) => new()
    {
        Symbol = algo.Desk.Index,
        Side = algo.Request.Side,
        Type = algo.IsLimit ? OrderType.Limit : OrderType.Market,
        TimeInForce = !algo.IsLimit || algo.Request.TimeInForce == TimeInForce.GteGtc
            ? TimeInForce.Gtc
            : algo.Request.TimeInForce,
        ReduceOnly = algo.Request.ReduceOnly || algo.Request.ClosePosition,
        ClientId = algo.ClientId,
        PriceMatch = algo.Request.PriceMatch,
        SelfTrade = algo.Request.SelfTrade,
        GoodTillMs = algo.IsLimit ? algo.Request.GoodTillMs : 0,
    };

    private void Reject(AlgoOrder order, string reason)
    {
        order.Reason = reason;
        End(order, AlgoStatus.Rejected);
    }

    private void End(AlgoOrder order, AlgoStatus status)
    {
        order.Desk.Algos.Remove(order);
        _due.Remove(order.Expiry);
        Become(order, status);
    }

    /// <summary>An order is over, and with it the conditional one that it came from.</summary>
    private void Finish(Order order)
    {
        _due.Remove(order.Expiry);
        if (order.Algo is { } algo) Become(algo, AlgoStatus.Finished);
    }

    private void Become(AlgoOrder order, AlgoStatus status, Order? actual = null)
    {
        order.Status = status;
        order.UpdatedMs = _market.NowMs;
        order.Actual ??= actual;
        if (order.Legacy is { } legacy) Show(legacy, status, order.Reason);
        else _listener.OnAlgo(order);
    }

    /// <summary>What became of a conditional order, told as an order's: it expires before another with its id begins.</summary>
    private void Show(Order order, AlgoStatus status, string reason)
    {
        if (status is AlgoStatus.Triggering or AlgoStatus.Finished) return;
        var isCanceled = status == AlgoStatus.Canceled;
        order.Status = isCanceled ? OrderStatus.Canceled : OrderStatus.Expired;
        order.UpdatedMs = _market.NowMs;
        _listener.OnOrder(order, isCanceled ? ExecutionType.Canceled : ExecutionType.Expired, ExpireReason.None);
        if (status == AlgoStatus.Rejected) _listener.OnTriggerRefused(order, reason);
    }
}

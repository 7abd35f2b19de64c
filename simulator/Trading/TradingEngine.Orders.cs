using FuturesBot.Simulator.Wire;

namespace FuturesBot.Simulator.Trading;

/// <content>Placing, changing and cancelling orders.</content>
internal sealed partial class TradingEngine
{
    private const string OrderPath = "/fapi/v1/order";

    /// <summary>Takes an order in, or refuses it. What it fills at once is filled when this returns.</summary>
    public Outcome<Order> Place(OrderRequest request)
    {
        var desk = _desks[request.Symbol];
        var price = request.Price;
        if (request.PriceMatch != PriceMatch.None
            && Matched(desk, request.Side, request.PriceMatch, out price) is { } noLevel)
            return noLevel;
        if (Check(desk, request, price, out var ticks, out var steps) is { } wrong) return wrong;
        var order = New(desk, request, ticks, steps, algo: null);
        if (RefuseId(order) is { } duplicate) return duplicate;
        if (RefuseCover(order) is { } covered) return covered;
        if (Refuse(order) is { } refusal) return refusal;
        Accept(order);
        Sweep(desk);
        return order;
    }

    /// <summary>Cancels an open order.</summary>
    /// <returns>Why it cannot be.</returns>
    public Refusal? Cancel(Order order)
    {
        if (order.IsWaiting) return Cancel(order.Algo!);
        if (!order.IsOpen) return Refusals.UnknownToCancel;
        End(order, OrderStatus.Canceled, ExpireReason.None);
        return null;
    }

    /// <summary>Cancels all open orders of a contract; conditional orders stay, except those that wait among the orders.</summary>
    public void CancelAll(SymbolDesk desk)
    {
        foreach (var order in desk.Waiting.ToArray()) Cancel(order);
        foreach (var order in desk.Resting.OrderBy(order => order.Id).ToArray()) Cancel(order);
    }

    /// <summary>
    /// Cancels all open orders of a contract when market time has passed, unless it is called again; 0 stops
    /// the countdown.
    /// </summary>
    public void Countdown(SymbolDesk desk, long milliseconds)
    {
        _due.Remove(desk.Countdown);
        desk.Countdown = milliseconds == 0 ? null : _due.Add(_market.NowMs + milliseconds, () => CancelAll(desk));
    }

    /// <summary>
    /// Gives a resting order another price and size. It keeps its place in the queue only when nothing but its
    /// size shrinks.
    /// </summary>
    public Outcome<Order> Amend(Order order, OrderSide side, decimal price, decimal quantity, PriceMatch match)
    {
        var desk = order.Desk;
        if (!order.IsOpen) return Refusals.UnknownOrder;
        if (order.Type != OrderType.Limit) return Refusals.OnlyLimitOrders;
        if (side != order.Side) return Refusal.Invalid("side");
        if (match != PriceMatch.None && Matched(desk, side, match, out price) is { } noLevel) return noLevel;
        var request = new OrderRequest
        {
            Symbol = desk.Index,
            Side = side,
            Type = OrderType.Limit,
            TimeInForce = order.TimeInForce,
            Price = price,
            Quantity = quantity,
            ReduceOnly = order.ReduceOnly,
            GoodTillMs = 0,
        };
        if (CheckNumbers(desk, request, price, out var ticks, out var steps) is { } wrong)
            return wrong.Code == Refusals.NotionalTooSmall(0).Code ? new Refusal(-5029, wrong.Message) : wrong;
        if (ticks == order.PriceTicks && steps == order.QuantitySteps) return Refusals.SameOrder;
        if (order.Amendments >= _options.AmendmentsMax) return Refusals.TooManyAmendments;
        return Amend(order, ticks, steps, match);
    }

    private Outcome<Order> Amend(Order order, long ticks, long steps, PriceMatch match)
    {
        var (desk, before) = (order.Desk, (order.Price, order.Quantity, order.PriceTicks, order.QuantitySteps));
        if (steps <= order.ExecutedSteps || (order.TimeInForce == TimeInForce.Gtx && WouldTake(order, ticks)))
        {
            Cancel(order);
            return order;
        }

        var keepsPlace = ticks == order.PriceTicks && steps < order.QuantitySteps;
        var ahead = order.AheadSteps;
        Unrest(order);
        (order.PriceTicks, order.QuantitySteps) = (ticks, steps);
        if ((RefuseCover(order) ?? RefuseMargin(order)) is { } refusal)
        {
            (order.PriceTicks, order.QuantitySteps) = (before.PriceTicks, before.QuantitySteps);
            Rest(order);
            order.AheadSteps = ahead;
            return refusal;
        }

        order.PriceMatch = match;
        order.Amendments++;
        order.UpdatedMs = _market.NowMs;
        Archive.Add(new Amendment(
            _nextAmendmentId++, order, _market.NowMs, before.Price, order.Price, before.Quantity, order.Quantity,
            order.Amendments));
        _listener.OnOrder(order, ExecutionType.Amendment, ExpireReason.None);
        if (!keepsPlace) Take(order);
        if (order.IsOpen) Rest(order);
        if (keepsPlace) order.AheadSteps = ahead;
        Sweep(desk);
        return order;
    }

    private Order New(SymbolDesk desk, OrderRequest request, long ticks, long steps, AlgoOrder? algo) => new()
    {
        Id = algo?.Legacy?.Id ?? _nextOrderId,
        ClientId = request.ClientId ?? $"sim{_nextOrderId}",
        Desk = desk,
        Side = request.Side,
        Type = request.Type,
        OriginalType = algo?.Request.Type ?? request.Type,
        TimeInForce = request.TimeInForce,
        PriceTicks = ticks,
        QuantitySteps = steps,
        ReduceOnly = request.ReduceOnly,
        ClosePosition = algo?.Request.ClosePosition ?? false,
        PriceMatch = request.PriceMatch,
        SelfTrade = request.SelfTrade,
        // The exchange keeps whole seconds of the date.
        GoodTillMs = request.GoodTillMs / 1000 * 1000,
        Algo = algo,
        CreatedMs = algo?.Legacy?.CreatedMs ?? _market.NowMs,
        UpdatedMs = _market.NowMs,
        VisibleAtMs = algo is null or { Id: 0, Legacy: null } ? _visibleAt(OrderPath, desk.Symbol.Symbol.Name) : 0,
    };

    private void Accept(Order order)
    {
        if (order.Algo is { Legacy: not null })
        {
            Archive.Replace(order);
        }
        else
        {
            _nextOrderId++;
            Archive.Add(order);
        }

        _listener.OnOrder(order, ExecutionType.New, ExpireReason.None);
        if (order.TimeInForce != TimeInForce.Gtx) Take(order);
        if (!order.IsOpen) return;

        var rest = StepsLeft(order) == 0 ? ExpireReason.ReduceOnly
            : order.Type == OrderType.Market ? ExpireReason.MarketRest
            : ExpireReason.ImmediateRest;
        if (order.Type == OrderType.Market || order.TimeInForce is TimeInForce.Ioc or TimeInForce.Fok)
            End(order, OrderStatus.Expired, rest);
        else
            Rest(order);
        if (order.IsOpen && order.GoodTillMs > 0)
            order.Expiry = _due.Add(order.GoodTillMs, () => End(order, OrderStatus.Expired, ExpireReason.None));
    }

    private Refusal? Check(SymbolDesk desk, OrderRequest request, decimal price, out long ticks, out long steps)
    {
        (ticks, steps) = (0, 0);
        return OrderRules.ClientId(request.ClientId)
            ?? OrderRules.GoodTill(request.TimeInForce, request.GoodTillMs, _market.NowMs)
            ?? CheckNumbers(desk, request, price, out ticks, out steps);
    }

    private Refusal? CheckNumbers(
        SymbolDesk desk, OrderRequest request, decimal price, out long ticks, out long steps)
    {
        (ticks, steps) = (0, 0);
        var (symbol, mark, isMarket) = (desk.Symbol, Mark(desk), request.Type == OrderType.Market);
        if (!isMarket && OrderRules.Price(symbol, price, out ticks) is { } wrongPrice) return wrongPrice;
        if (OrderRules.Quantity(symbol, request.Quantity, isMarket, out steps) is { } wrongQuantity)
            return wrongQuantity;
        if (!isMarket && OrderRules.PercentPrice(symbol, request.Side, price, mark) is { } tooFar)
            return tooFar;
        return OrderRules.Notional(symbol, isMarket ? mark : price, request.Quantity, request.ReduceOnly);
    }

    /// <summary>
    /// What account and book say against an order, at arrival and when a conditional order is triggered.
    /// </summary>
    private Refusal? Refuse(Order order)
    {
        if (!order.Desk.Symbol.IsTradingAt(_market.NowMs))
            return new(-4140, "Invalid symbol status for opening position.");
        var reduces = order.ReduceOnly || order.ClosePosition;
        if (reduces && order.Desk.Position.Closable(order.Side) == 0) return Refusals.ReduceOnlyRejected;
        if (order.Type == OrderType.Market && Opposite(order) > 0 && !Crosses(order))
            return Refusals.MarketOutsideBand;
        if (order.TimeInForce == TimeInForce.Gtx && WouldTake(order, order.PriceTicks))
            return Refusals.PostOnly;
        if (order.TimeInForce == TimeInForce.Fok
            && BookOf(order.Desk).Available(TakerOf(order.Side), WorstTicks(order)) < StepsLeft(order))
            return Refusals.FillOrKill;
        return RefuseMargin(order);
    }

    private Refusal? RefuseId(Order order)
    {
        if (Archive.Find(order.Desk.Index, order.ClientId) is { IsOpen: true })
            return Refusals.DuplicateClientId;
        return order.Type == OrderType.Limit && order.Desk.OpenOrders >= order.Desk.Symbol.MaxOrders
            ? Refusals.TooManyOrders
            : null;
    }

    /// <summary>
    /// Resting reduce-only orders consume the position: with them a further one must fit into it.
    /// </summary>
    private static Refusal? RefuseCover(Order order)
    {
        if (!order.ReduceOnly) return null;
        var desk = order.Desk;
        var closable = desk.Position.Closable(order.Side);
        if (closable == 0) return Refusals.ReduceOnlyRejected;
        var resting = desk.Side(order.Side).Where(other => other.ReduceOnly).Sum(other => other.RemainingSteps);
        return resting > 0 && desk.Symbol.Quantity(resting + order.RemainingSteps) > closable
            ? Refusals.ReduceOnlyCovered
            : null;
    }

    private Refusal? RefuseMargin(Order order)
    {
        if (order.ReduceOnly || order.ClosePosition) return null;
        if (order.Desk.Symbol.MarginAsset != Account.Asset) return Refusals.MarginInsufficient;
        var more = Required(order.Desk, order) - Required(order.Desk);
        return more > 0 && more > Available() ? Refusals.MarginInsufficient : null;
    }

    /// <summary>The price of a level of the book: of the other side, or of the order's own.</summary>
    private Refusal? Matched(SymbolDesk desk, OrderSide side, PriceMatch match, out decimal price)
    {
        price = 0;
        var level = match switch
        {
            PriceMatch.Opponent5 or PriceMatch.Queue5 => 5,
            PriceMatch.Queue10 or PriceMatch.Opponent10 => 10,
            PriceMatch.Queue20 or PriceMatch.Opponent20 => 20,
            _ => 1,
        };
        var book = BookOf(desk).Snapshot(level);
        var bids = (side == OrderSide.Buy) != (match is PriceMatch.Opponent or PriceMatch.Opponent5 or PriceMatch.Opponent10 or PriceMatch.Opponent20);
        var levels = bids ? book.Bids : book.Asks;
        if (levels.Count < level) return Refusals.NoLevelForPriceMatch;
        price = desk.Symbol.Price(levels[level - 1].Ticks);
        return null;
    }
}

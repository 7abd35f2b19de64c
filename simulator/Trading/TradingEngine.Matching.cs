using FuturesBot.Domain.Market;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Trading;

/// <content>How orders meet the book.</content>
internal sealed partial class TradingEngine
{
    private static OrderSide Other(OrderSide side) => (OrderSide)(-(int)side);

    private static Side TakerOf(OrderSide side) => side == OrderSide.Buy ? Side.Long : Side.Short;

    private IMarketBook BookOf(SymbolDesk desk) => _market.Book(desk.Index);

    /// <summary>The best background price of the other side; 0 when there is none.</summary>
    private long Opposite(Order order)
    {
        var book = BookOf(order.Desk);
        return order.Side == OrderSide.Buy ? book.BackgroundAsk : book.BackgroundBid;
    }

    /// <summary>
    /// The worst price at which an order may take: its own, or the end of the band around the mark price.
    /// </summary>
    private long WorstTicks(Order order)
    {
        if (order.Type == OrderType.Limit) return order.PriceTicks;
        var symbol = order.Desk.Symbol;
        var edge = Mark(order.Desk) * (1 + ((int)order.Side * symbol.MarketTakeBound)) / symbol.TickSize;
        return (long)(order.Side == OrderSide.Buy ? Math.Floor(edge) : Math.Ceiling(edge));
    }

    /// <summary>True when the order would trade at once with the background.</summary>
    private bool Crosses(Order order) =>
        Opposite(order) is > 0 and var best && !SymbolDesk.IsBetter(order.Side, best, WorstTicks(order));

    /// <summary>
    /// True when an order at this price would not rest: it meets the background, or the account's own order.
    /// </summary>
    private bool WouldTake(Order order, long ticks) =>
        (Opposite(order) is > 0 and var best && !SymbolDesk.IsBetter(order.Side, best, ticks))
        || (order.Desk.Side(Other(order.Side)) is [var own, ..]
            && !SymbolDesk.IsBetter(order.Side, own.PriceTicks, ticks));

    /// <summary>Takes from the book what the order may take.</summary>
    private void Take(Order order)
    {
        var (desk, worst) = (order.Desk, WorstTicks(order));
        while (order.IsOpen && StepsLeft(order) > 0)
        {
            // Own orders are not in the background: where one stands in the way, one of the two has to go.
            var own = desk.Side(Other(order.Side)) is [var best, ..]
                && !SymbolDesk.IsBetter(order.Side, best.PriceTicks, worst) ? best : null;
            foreach (var level in BookOf(desk).Take(TakerOf(order.Side), StepsLeft(order), own?.PriceTicks ?? worst))
                Execute(order, level.Ticks, level.Steps, isMaker: false);
            if (own is null || !order.IsOpen || StepsLeft(order) == 0) return;
            if (order.SelfTrade != SelfTradePrevention.ExpireTaker)
                End(own, OrderStatus.ExpiredInMatch, ExpireReason.SelfTrade);
            if (order.SelfTrade != SelfTradePrevention.ExpireMaker)
                End(order, OrderStatus.ExpiredInMatch, ExpireReason.SelfTrade);
        }
    }

    private void Rest(Order order)
    {
        var book = BookOf(order.Desk);
        var best = order.Side == OrderSide.Buy ? book.BackgroundBid : book.BackgroundAsk;
        if (best == 0 || SymbolDesk.IsBetter(order.Side, order.PriceTicks, best)) order.AheadSteps = 0;
        else if (VisibleSteps(order) is > 0 and var visible) order.AheadSteps = visible;
        else order.AheadSteps = null;
        order.Desk.Rest(order);
        book.AddOwn(TakerOf(order.Side), order.PriceTicks, order.RemainingSteps);
    }

    /// <summary>Takes an order out of the book; false when it was not in it.</summary>
    private bool Unrest(Order order)
    {
        if (!order.Desk.Remove(order)) return false;
        if (order.RemainingSteps > 0)
            BookOf(order.Desk).RemoveOwn(TakerOf(order.Side), order.PriceTicks, order.RemainingSteps);
        return true;
    }

    /// <param name="desk">Where the trade was.</param>
    /// <param name="side">The resting side that it met.</param>
    /// <param name="ticks">Its price.</param>
    /// <param name="steps">Its size.</param>
    private void FillByTrade(SymbolDesk desk, OrderSide side, long ticks, long steps)
    {
        var orders = desk.Side(side);
        var filled = 0L;
        for (var i = 0; i < orders.Count;)
        {
            var order = orders[i];
            if (SymbolDesk.IsBetter(side, ticks, order.PriceTicks)) return;
            if (order.PriceTicks != ticks)
            {
                Execute(order, order.PriceTicks, order.RemainingSteps, isMaker: true);
            }
            else
            {
                var ahead = order.AheadSteps ?? VisibleSteps(order);
                var passed = Math.Min(ahead, steps);
                order.AheadSteps = ahead - passed;
                var share = Math.Min(order.RemainingSteps, steps - passed - filled);
                filled += Execute(order, ticks, share, isMaker: true, isPublic: true);
            }

            if (i < orders.Count && ReferenceEquals(orders[i], order)) i++;
        }
    }

    /// <summary>Fills resting orders that the background crosses, as far as it has quantity.</summary>
    private void FillByQuote(SymbolDesk desk, OrderSide side, long oppositeTicks)
    {
        var orders = desk.Side(side);
        for (var i = 0; i < orders.Count;)
        {
            var order = orders[i];
            if (SymbolDesk.IsBetter(side, oppositeTicks, order.PriceTicks)) return;
            if (StepsLeft(order) is > 0 and var wanted)
            {
                var taken = BookOf(desk).Take(TakerOf(side), wanted, order.PriceTicks).Sum(level => level.Steps);
                Execute(order, order.PriceTicks, taken, isMaker: true);
            }

            if (i < orders.Count && ReferenceEquals(orders[i], order)) i++;
        }
    }

    /// <summary>The queue before an order at the best price is never longer than what is shown there.</summary>
    private void Requeue(SymbolDesk desk, OrderSide side, long bestTicks)
    {
        foreach (var order in desk.Side(side))
        {
            if (bestTicks > 0 && SymbolDesk.IsBetter(side, bestTicks, order.PriceTicks)) return;
            var visible = order.PriceTicks == bestTicks ? VisibleSteps(order) : 0;
            order.AheadSteps = Math.Min(order.AheadSteps ?? visible, visible);
        }
    }

    /// <summary>Background steps at exactly the order's price, on its own side.</summary>
    private long VisibleSteps(Order order)
    {
        var (book, taker) = (BookOf(order.Desk), TakerOf(Other(order.Side)));
        return book.Available(taker, order.PriceTicks) - book.Available(taker, order.PriceTicks + (int)order.Side);
    }

    /// <summary>What may still fill: no more than the position when the order may only reduce.</summary>
    private static long StepsLeft(Order order)
    {
        if (!order.ReduceOnly && !order.ClosePosition) return order.RemainingSteps;
        var closable = order.Desk.Position.Closable(order.Side) / order.Desk.Symbol.StepSize;
        return Math.Min(order.RemainingSteps, (long)closable);
    }

    /// <param name="order">What is filled.</param>
    /// <param name="ticks">At this price.</param>
    /// <param name="steps">At most so far.</param>
    /// <param name="isMaker">It rested.</param>
    /// <param name="isPublic">The market has told this trade already; else it is put among the public ones.</param>
    /// <returns>Steps that were filled.</returns>
    private long Execute(Order order, long ticks, long steps, bool isMaker, bool isPublic = false)
    {
        steps = Math.Min(steps, StepsLeft(order));
        if (steps <= 0) return 0;

        var symbol = order.Desk.Symbol;
        if (isMaker) BookOf(order.Desk).RemoveOwn(TakerOf(order.Side), order.PriceTicks, steps);
        var fill = Account.Trade(order, symbol.Price(ticks), symbol.Quantity(steps), isMaker, _market.NowMs);
        if (!isPublic) _market.Print(order.Desk.Index, ticks, steps, takerBuys: isMaker != (order.Side == OrderSide.Buy));
        order.ExecutedSteps += steps;
        order.ExecutedQuote += fill.Quote;
        order.UpdatedMs = fill.TimeMs;
        order.Status = order.RemainingSteps == 0 ? OrderStatus.Filled : OrderStatus.PartiallyFilled;
        if (!order.IsOpen) order.Desk.Remove(order);
        Archive.Add(fill);
        _listener.OnFill(fill);
        if (!order.IsOpen) Finish(order);
        return steps;
    }

    private void End(Order order, OrderStatus status, ExpireReason reason)
    {
        Unrest(order);
        order.Status = status;
        order.UpdatedMs = _market.NowMs;
        var what = status == OrderStatus.Canceled ? ExecutionType.Canceled : ExecutionType.Expired;
        _listener.OnOrder(order, what, reason);
        Finish(order);
    }
}

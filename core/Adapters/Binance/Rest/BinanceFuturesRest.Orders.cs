using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance.Rest;

public sealed partial class BinanceFuturesRest
{
    /// <summary>Places an order. <see cref="OrderOutcome{T}.Unknown"/> is never sent again before <see cref="OrderAsync"/> was asked.</summary>
    public Task<OrderOutcome<OrderState>> PlaceOrderAsync(NewOrder order, RequestLane lane, CancellationToken cancel = default) =>
        MoveAsync(Endpoints.PlaceOrder, order.ToForm(), lane, row => Checked(_orders.Order(row), placed => placed.Symbol, order.Symbol), cancel);

    public Task<OrderOutcome<OrderState>> CancelOrderAsync(Symbol symbol, OrderKey key, RequestLane lane, CancellationToken cancel = default) =>
        MoveAsync(
            Endpoints.CancelOrder, Of(symbol).Add("orderId", key.Id).Add("origClientOrderId", key.ClientId), lane,
            row => Checked(_orders.Order(row), order => order.Symbol, symbol), cancel);

    /// <summary>Cancels the symbol's regular orders; its algo orders stay.</summary>
    public Task<OrderOutcome<Acknowledged>> CancelAllOrdersAsync(Symbol symbol, RequestLane lane, CancellationToken cancel = default) =>
        MoveAsync(Endpoints.CancelAllOrders, Of(symbol), lane, Done, cancel);

    /// <summary>
    /// Null when the exchange does not know it (−2013): just after placing that may be too early, and those without a
    /// fill are forgotten after three days.
    /// </summary>
    public Task<OrderState?> OrderAsync(Symbol symbol, OrderKey key, RequestLane lane = RequestLane.Reconcile, CancellationToken cancel = default) =>
        FindAsync(
            Endpoints.Order, Of(symbol).Add("orderId", key.Id).Add("origClientOrderId", key.ClientId), lane,
            row => Checked(_orders.Order(row), order => order.Symbol, symbol), cancel);

    /// <summary>Weight 1, of all symbols 40. Conditional orders are not among them.</summary>
    public Task<IReadOnlyList<OrderState>> OpenOrdersAsync(
        Symbol? symbol = null, RequestLane lane = RequestLane.Reconcile, CancellationToken cancel = default) =>
        ListAsync(Endpoints.OpenOrders, Of(symbol), lane, row => Checked(_orders.Order(row), order => order.Symbol, symbol), cancel);

    /// <summary>Weight 5; at most 7 days between the times, 90 days back.</summary>
    public Task<IReadOnlyList<OrderState>> AllOrdersAsync(
        Symbol symbol, long? fromOrderId, long? fromMs, long? toMs, int limit,
        RequestLane lane = RequestLane.Reconcile, CancellationToken cancel = default) =>
        ListAsync(
            Endpoints.AllOrders, Range(Of(symbol).Add("orderId", fromOrderId), fromMs, toMs, limit, most: 1_000), lane,
            row => Checked(_orders.Order(row), order => order.Symbol, symbol), cancel);

    /// <summary>Places a conditional order. There is no margin check before it triggers, so it may still be refused then.</summary>
    public Task<OrderOutcome<AlgoOrderState>> PlaceAlgoOrderAsync(NewAlgoOrder order, RequestLane lane, CancellationToken cancel = default) =>
        MoveAsync(Endpoints.PlaceAlgoOrder, order.ToForm(), lane, row => Checked(_orders.AlgoOrder(row), placed => placed.Symbol, order.Symbol), cancel);

    public Task<OrderOutcome<AlgoOrderReceipt>> CancelAlgoOrderAsync(OrderKey key, RequestLane lane, CancellationToken cancel = default) =>
        MoveAsync(Endpoints.CancelAlgoOrder, OfAlgo(key), lane, OrderAnswers.Receipt, cancel);

    public Task<OrderOutcome<Acknowledged>> CancelAllAlgoOrdersAsync(Symbol symbol, RequestLane lane, CancellationToken cancel = default) =>
        MoveAsync(Endpoints.CancelAllAlgoOrders, Of(symbol), lane, Done, cancel);

    /// <summary>Null when the exchange does not know it.</summary>
    public Task<AlgoOrderState?> AlgoOrderAsync(OrderKey key, RequestLane lane = RequestLane.Reconcile, CancellationToken cancel = default) =>
        FindAsync(Endpoints.AlgoOrder, OfAlgo(key), lane, _orders.AlgoOrder, cancel);

    /// <summary>Weight 1, of all symbols 40.</summary>
    public Task<IReadOnlyList<AlgoOrderState>> OpenAlgoOrdersAsync(
        Symbol? symbol = null, RequestLane lane = RequestLane.Reconcile, CancellationToken cancel = default) =>
        ListAsync(Endpoints.OpenAlgoOrders, Of(symbol), lane, row => Checked(_orders.AlgoOrder(row), order => order.Symbol, symbol), cancel);

    /// <summary>Weight 5; at most 7 days between the times.</summary>
    public Task<IReadOnlyList<AlgoOrderState>> AllAlgoOrdersAsync(
        Symbol symbol, long? fromAlgoId, long? fromMs, long? toMs, int limit, int? page = null,
        RequestLane lane = RequestLane.Reconcile, CancellationToken cancel = default) =>
        ListAsync(
            Endpoints.AllAlgoOrders, Range(Of(symbol).Add("algoId", fromAlgoId).Add("page", page), fromMs, toMs, limit, most: 1_000), lane,
            row => Checked(_orders.AlgoOrder(row), order => order.Symbol, symbol), cancel);

    private static RequestForm OfAlgo(OrderKey key) => new RequestForm().Add("algoId", key.Id).Add("clientAlgoId", key.ClientId);

    private async Task<T?> FindAsync<T>(
        Endpoint endpoint, RequestForm form, RequestLane lane, Func<System.Text.Json.JsonElement, T> read, CancellationToken cancel)
        where T : class
    {
        try
        {
            return await AskAsync(endpoint, form, lane, read, cancel);
        }
        catch (ExchangeException e) when (e.Code is -2013 or -2011)
        {
            return null;
        }
    }
}

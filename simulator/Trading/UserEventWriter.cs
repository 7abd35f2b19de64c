using System.Buffers;
using System.Text.Json;
using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Wire;

namespace FuturesBot.Simulator.Trading;

/// <summary>
/// Writes what happens to the account as user events. A fill is TRADE_LITE, ACCOUNT_UPDATE and
/// ORDER_TRADE_UPDATE, in this order.
/// </summary>
/// <param name="events">Where they go.</param>
/// <param name="account">Whose they are.</param>
/// <param name="changes">Which of the exchange's changes are in force.</param>
/// <param name="nowMs">Market time.</param>
internal sealed class UserEventWriter(IUserEvents events, string account, ExchangeChanges changes, Func<long> nowMs)
    : ITradingListener
{
    private const int FirstBytes = 1_024;

    private TradingEngine? _engine;

    /// <summary>The engine needs its listener first: this ties the knot.</summary>
    public void Follow(TradingEngine engine) => _engine = engine;

    public void OnOrder(Order order, ExecutionType what, ExpireReason reason) =>
        Publish("ORDER_TRADE_UPDATE", json => Order(json, order, what, reason, null));

    public void OnFill(Fill fill)
    {
        Publish("TRADE_LITE", json => Lite(json, fill));
        Publish("ACCOUNT_UPDATE", json => AccountOf(json, "ORDER", fill.Order.Desk, change: 0, withPosition: true));
        Publish("ORDER_TRADE_UPDATE", json => Order(json, fill.Order, ExecutionType.Trade, ExpireReason.None, fill));
    }

    // A crossed position is not in the event of its funding, only the balance is.
    public void OnFunding(SymbolDesk desk, decimal amount) =>
        Publish(
            "ACCOUNT_UPDATE",
            json => AccountOf(json, "FUNDING_FEE", desk, amount, withPosition: desk.IsIsolated));

    public void OnAlgo(AlgoOrder order) => Publish("ALGO_UPDATE", json => Algo(json, order));

    public void OnTriggerRefused(Order order, string reason) => Publish("CONDITIONAL_ORDER_TRIGGER_REJECT", json =>
    {
        json.WriteStartObject("or");
        json.WriteString("s", order.Desk.Symbol.Symbol.Name);
        json.WriteNumber("i", order.Id);
        json.WriteString("r", reason);
        json.WriteEndObject();
    });

    public void OnLeverage(SymbolDesk desk) => Publish("ACCOUNT_CONFIG_UPDATE", json =>
    {
        json.WriteStartObject("ac");
        json.WriteString("s", desk.Symbol.Symbol.Name);
        json.WriteNumber("l", desk.Leverage);
        json.WriteEndObject();
    });

    private void Publish(string type, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(FirstBytes);
        using (var json = new Utf8JsonWriter(buffer, WireJson.Written))
        {
            json.WriteStartObject();
            json.WriteString("e", type);
            json.WriteNumber("E", nowMs());
            json.WriteNumber("T", nowMs());
            write(json);
            json.WriteEndObject();
        }

        events.Publish(account, type, buffer.WrittenMemory);
    }

    private void Order(Utf8JsonWriter json, Order order, ExecutionType what, ExpireReason reason, Fill? fill)
    {
        var (desk, algo) = (order.Desk, order.Algo?.Request);
        json.WriteStartObject("o");
        json.WriteString("s", desk.Symbol.Symbol.Name);
        json.WriteString("c", order.ClientId);
        json.WriteString("S", WireName.Of(order.Side));
        json.WriteString("o", WireName.Of(order.Type));
        json.WriteString("f", WireName.Of(order.TimeInForce));
        json.Number("q", order.Quantity);
        json.Number("p", order.Price);
        json.Number("ap", order.AveragePrice);
        json.Number("sp", algo?.TriggerPrice ?? 0);
        json.WriteString("x", WireName.Of(what));
        json.WriteString("X", WireName.Of(order.Status));
        json.WriteNumber("i", order.Id);
        json.Number("l", fill?.Quantity ?? 0);
        json.Number("z", order.Executed);
        json.Number("L", fill?.Price ?? 0);
        json.Number("n", fill?.Commission ?? 0);
        json.WriteString("N", desk.Symbol.MarginAsset);
        json.WriteNumber("T", fill?.TimeMs ?? order.UpdatedMs);
        json.WriteNumber("t", fill?.Id ?? 0);
        json.Number("b", Notional(desk, OrderSide.Buy));
        json.Number("a", Notional(desk, OrderSide.Sell));
        json.WriteBoolean("m", fill?.IsMaker ?? false);
        json.WriteBoolean("R", order.ReduceOnly);
        json.WriteString("wt", WireName.Of(algo?.WorkingType ?? WorkingType.ContractPrice));
        json.WriteString("ot", WireName.Of(order.OriginalType));
        json.WriteString("ps", "BOTH");
        json.WriteBoolean("cp", order.ClosePosition);
        json.Number("rp", fill?.RealizedPnl ?? 0);
        json.WriteBoolean("pP", algo?.PriceProtect ?? false);
        json.WriteNumber("si", 0);
        json.WriteNumber("ss", 0);
        json.WriteString("V", WireName.Of(order.SelfTrade));
        json.WriteString("pm", WireName.Of(order.PriceMatch));
        json.WriteNumber("gtd", order.GoodTillMs);
        if (changes.ExpiryReason) json.WriteString("er", ((int)reason).ToString());
        json.WriteEndObject();
    }

    private static decimal Notional(SymbolDesk desk, OrderSide side) =>
        desk.Side(side).Sum(order => order.Price * desk.Symbol.Quantity(order.RemainingSteps));

    private static void Lite(Utf8JsonWriter json, Fill fill)
    {
        var order = fill.Order;
        json.WriteString("s", order.Desk.Symbol.Symbol.Name);
        json.Number("q", order.Quantity);
        json.Number("p", order.Price);
        json.WriteBoolean("m", fill.IsMaker);
        json.WriteString("c", order.ClientId);
        json.WriteString("S", WireName.Of(order.Side));
        json.Number("L", fill.Price);
        json.Number("l", fill.Quantity);
        json.WriteNumber("t", fill.Id);
        json.WriteNumber("i", order.Id);
    }

    private void AccountOf(
        Utf8JsonWriter json, string reason, SymbolDesk desk, decimal change, bool withPosition)
    {
        var (engine, position) = (_engine!, desk.Position);
        json.WriteStartObject("a");
        json.WriteString("m", reason);
        json.WriteStartArray("B");
        json.WriteStartObject();
        json.WriteString("a", Account.Asset);
        json.Number("wb", engine.Account.Wallet);
        json.Number("cw", engine.Account.Wallet);
        json.Number("bc", change);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("P");
        if (withPosition)
        {
            json.WriteStartObject();
            json.WriteString("s", desk.Symbol.Symbol.Name);
            json.Number("pa", position.Amount);
            json.Number("ep", position.EntryPrice);
            json.Number("bep", position.BreakEvenPrice);
            json.Number("cr", position.Realized);
            json.Number("up", position.Unrealized(engine.Mark(desk)));
            json.WriteString("mt", desk.IsIsolated ? "isolated" : "cross");
            json.WriteString("iw", "0");
            json.WriteString("ps", "BOTH");
            json.WriteString("ma", Account.Asset);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Algo(Utf8JsonWriter json, AlgoOrder order)
    {
        var (request, actual) = (order.Request, order.Actual);
        json.WriteStartObject("o");
        json.WriteString("caid", order.ClientId);
        json.WriteNumber("aid", order.Id);
        json.WriteString("at", "CONDITIONAL");
        json.WriteString("o", WireName.Of(request.Type));
        json.WriteString("s", order.Desk.Symbol.Symbol.Name);
        json.WriteString("S", WireName.Of(request.Side));
        json.WriteString("ps", "BOTH");
        json.WriteString("f", WireName.Of(request.TimeInForce));
        json.Number("q", request.Quantity);
        json.WriteString("X", WireName.Of(order.Status));
        json.WriteString("ai", actual is null ? "" : actual.Id.ToString());
        json.Number("ap", actual?.AveragePrice ?? 0);
        json.Number("aq", actual?.Executed ?? 0);
        json.WriteString("act", actual is null ? "0" : WireName.Of(actual.Type));
        json.Number("tp", request.TriggerPrice);
        json.Number("p", request.Price);
        json.WriteString("V", WireName.Of(request.SelfTrade));
        json.WriteString("wt", WireName.Of(request.WorkingType));
        json.WriteString("pm", WireName.Of(request.PriceMatch));
        json.WriteBoolean("cp", request.ClosePosition);
        json.WriteBoolean("pP", request.PriceProtect);
        json.WriteBoolean("R", request.ReduceOnly);
        json.WriteNumber("tt", order.TriggeredMs);
        json.WriteNumber("gtd", request.GoodTillMs / 1000 * 1000);
        json.WriteString("rm", order.Reason);
        // Activation concerns trailing orders only.
        if (changes.AlgoInstance) json.WriteBoolean("ia", false);
        json.WriteEndObject();
    }
}

using FuturesBot.Simulator.Trading;

namespace FuturesBot.Simulator.Tests.Trading;

/// <summary>Writes down what an account hears.</summary>
internal sealed class TradingRecord : ITradingListener
{
    public List<string> Lines { get; } = [];

    public List<Fill> Fills { get; } = [];

    public List<(SymbolDesk Desk, decimal Amount)> Funding { get; } = [];

    public void OnOrder(Order order, ExecutionType what, ExpireReason reason) =>
        Lines.Add(reason == ExpireReason.None ? $"{order.ClientId} {what} {order.Status}" : $"{order.ClientId} {what} {order.Status} {reason}");

    public void OnFill(Fill fill)
    {
        Fills.Add(fill);
        Lines.Add($"{fill.Order.ClientId} Trade {fill.Quantity}@{fill.Price} {fill.Order.Status}");
    }

    public void OnFunding(SymbolDesk desk, decimal amount) => Funding.Add((desk, amount));

    public void OnAlgo(AlgoOrder order) => Lines.Add($"{order.ClientId} algo {order.Status}");

    public void OnTriggerRefused(Order order, string reason) => Lines.Add($"{order.ClientId} refused: {reason}");

    public void OnLeverage(SymbolDesk desk) => Lines.Add($"{desk.Symbol.Symbol.Name} leverage {desk.Leverage}");
}

using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Trading;

/// <summary>All that the account has in one contract.</summary>
internal sealed class SymbolDesk(int index, MarketSymbol symbol, int leverage)
{
    private readonly List<Order> _bids = [];
    private readonly List<Order> _asks = [];

    /// <summary>Place of the symbol in the market.</summary>
    public int Index { get; } = index;

    public MarketSymbol Symbol { get; } = symbol;

    public Position Position { get; } = new();

    public int Leverage { get; set; } = leverage;

    /// <summary>Stored and told; margin itself is modelled as crossed.</summary>
    public bool IsIsolated { get; set; }

    /// <summary>Live conditional orders by id.</summary>
    public List<AlgoOrder> Algos { get; } = [];

    /// <summary>The wait after which all orders are cancelled; null when none was asked for.</summary>
    public (long AtMs, long Number)? Countdown { get; set; }

    /// <summary>Nothing here depends on the market.</summary>
    public bool IsIdle => _bids.Count == 0 && _asks.Count == 0 && Algos.Count == 0;

    public int OpenOrders => _bids.Count + _asks.Count;

    /// <summary>All resting orders.</summary>
    public IEnumerable<Order> Resting => _bids.Concat(_asks);

    /// <summary>Conditional orders that wait among the orders, as before 2025-12-09.</summary>
    public IEnumerable<Order> Waiting => Algos.Select(algo => algo.Legacy).OfType<Order>();

    /// <summary>Resting orders of one side: the best price first, at one price the oldest first.</summary>
    public IReadOnlyList<Order> Side(OrderSide side) => side == OrderSide.Buy ? _bids : _asks;

    public void Rest(Order order)
    {
        var side = order.Side == OrderSide.Buy ? _bids : _asks;
        var at = side.FindIndex(other => IsBetter(order.Side, order.PriceTicks, other.PriceTicks));
        side.Insert(at < 0 ? side.Count : at, order);
    }

    /// <summary>False when it does not rest here.</summary>
    public bool Remove(Order order) => (order.Side == OrderSide.Buy ? _bids : _asks).Remove(order);

    /// <summary>
    /// True when an order of this side at <paramref name="ticks"/> goes before one at <paramref name="other"/>.
    /// </summary>
    public static bool IsBetter(OrderSide side, long ticks, long other) =>
        side == OrderSide.Buy ? ticks > other : ticks < other;
}

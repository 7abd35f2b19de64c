namespace FuturesBot.Simulator.Trading;

/// <summary>
/// Orders, fills and conditional orders by id, live and ended. What is old is forgotten as on the exchange:
/// ended orders without a fill after three days, others after 90, fills after three months; and before that,
/// oldest first, when there are too many.
/// </summary>
internal sealed class TradingArchive(TradingOptions options)
{
    private const long DayMs = 24 * 3_600_000L;
    private const long EmptyOrderMs = 3 * DayMs;
    private const long OrderMs = 90 * DayMs;

    private static readonly Comparer<Order> ById = Comparer<Order>.Create((one, other) => one.Id.CompareTo(other.Id));

    private readonly List<Order> _orders = [];
    private readonly List<AlgoOrder> _algos = [];
    private readonly List<Fill> _fills = [];
    private readonly List<Amendment> _amendments = [];
    private readonly Dictionary<(int Symbol, string ClientId), Order> _byClient = [];
    private readonly Dictionary<string, AlgoOrder> _algoByClient = new(StringComparer.Ordinal);

    /// <summary>By id.</summary>
    public IReadOnlyList<Order> Orders => _orders;

    /// <summary>By id.</summary>
    public IReadOnlyList<AlgoOrder> Algos => _algos;

    /// <summary>By id.</summary>
    public IReadOnlyList<Fill> Fills => _fills;

    /// <summary>By id.</summary>
    public IReadOnlyList<Amendment> Amendments => _amendments;

    public void Add(Order order)
    {
        _orders.Add(order);
        _byClient[(order.Desk.Index, order.ClientId)] = order;
    }

    /// <summary>An order takes the place of the one that has its id.</summary>
    public void Replace(Order order)
    {
        var at = _orders.BinarySearch(order, ById);
        _orders[at] = order;
        _byClient[(order.Desk.Index, order.ClientId)] = order;
    }

    public void Add(AlgoOrder order)
    {
        _algos.Add(order);
        _algoByClient[order.ClientId] = order;
    }

    public void Add(Fill fill) => _fills.Add(fill);

    public void Add(Amendment amendment)
    {
        _amendments.Add(amendment);
        if (_amendments.Count > options.AmendmentsKept) _amendments.RemoveRange(0, options.AmendmentsKept / 10);
    }

    public Order? Find(long id) => At(_orders, id, order => order.Id);

    /// <summary>The newest order with this client id.</summary>
    public Order? Find(int symbol, string clientId) => _byClient.GetValueOrDefault((symbol, clientId));

    public AlgoOrder? FindAlgo(long id) => At(_algos, id, order => order.Id);

    /// <summary>The newest conditional order with this client id.</summary>
    public AlgoOrder? FindAlgo(string clientId) => _algoByClient.GetValueOrDefault(clientId);

    /// <summary>Forgets what is old, and what is too much.</summary>
    public void Purge(long nowMs, long fillsKeptMs)
    {
        _fills.RemoveAll(fill => fill.TimeMs < nowMs - fillsKeptMs);
        if (_fills.Count > options.FillsKept) _fills.RemoveRange(0, _fills.Count - options.FillsKept);

        var surplus = _orders.Count - options.OrdersKept;
        Forget(_orders.RemoveAll(order =>
            !order.IsOpen
            && (surplus-- > 0 || order.UpdatedMs < nowMs - (order.ExecutedSteps == 0 ? EmptyOrderMs : OrderMs))));
        var surplusAlgos = _algos.Count - options.OrdersKept;
        Forget(_algos.RemoveAll(order => IsOver(order) && (surplusAlgos-- > 0 || order.UpdatedMs < nowMs - OrderMs)));
    }

    private static bool IsOver(AlgoOrder order) => !order.IsLive && order.Status != AlgoStatus.Triggered;

    private void Forget(int removed)
    {
        if (removed == 0) return;
        _byClient.Clear();
        foreach (var order in _orders) _byClient[(order.Desk.Index, order.ClientId)] = order;
        _algoByClient.Clear();
        foreach (var order in _algos) _algoByClient[order.ClientId] = order;
        _amendments.RemoveAll(amendment => Find(amendment.Order.Id) is null);
    }

    private static T? At<T>(List<T> sorted, long id, Func<T, long> idOf)
        where T : class
    {
        var (low, high) = (0, sorted.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = idOf(sorted[middle]);
            if (found == id) return sorted[middle];
            if (found < id) low = middle + 1;
            else high = middle - 1;
        }

        return null;
    }
}

using FuturesBot.Simulator.Market;
using FuturesBot.Simulator.Wire;

namespace FuturesBot.Simulator.Trading;

/// <summary>
/// The matching engine and the account of the exchange, one-way mode: deterministic, without a clock, on one
/// thread at a time. The market tells it what happens; requests come between.
/// </summary>
/// <remarks>
/// An order that takes eats the book's background liquidity, the best level first. An order that rests waits
/// behind the quantity that stood at its price when it came, or when its price was first the best. Trades at
/// its price lessen what is ahead of it and then fill it; a trade beyond its price, or background liquidity
/// that crosses it, fills it at its own price.
/// </remarks>
internal sealed partial class TradingEngine
{
    private const long HourMs = 3_600_000;
    private const long FirstOrderId = 8_000_000_001;
    private const long FirstAlgoId = 1_000_000_000_000_001;

    private readonly ITradingMarket _market;
    private readonly TradingOptions _options;
    private readonly ITradingListener _listener;
    private readonly Func<string, string, long> _visibleAt;
    private readonly Func<string, long> _triggerMs;
    private readonly SymbolDesk[] _desks;
    private readonly Timetable _due = new();
    private long _nextOrderId = FirstOrderId;
    private long _nextAlgoId = FirstAlgoId;
    private long _nextAmendmentId = 1;
    private long _purgeMs;

    /// <param name="market">Moves elsewhere; see <see cref="OnTrade"/>, <see cref="OnQuote"/>,
    /// <see cref="OnMarkPrice"/>.</param>
    /// <param name="options">Account and bounds.</param>
    /// <param name="listener">Hears what happens to the account.</param>
    /// <param name="visibleAt">
    /// Wall time from which queries and cancels find an order that a call with this path has placed for this
    /// symbol; null: at once.
    /// </param>
    /// <param name="triggerMs">
    /// Market milliseconds that a conditional order of this symbol needs from its price to the matching engine; null: none.
    /// </param>
    public TradingEngine(
        ITradingMarket market, TradingOptions options, ITradingListener listener,
        Func<string, string, long>? visibleAt = null, Func<string, long>? triggerMs = null)
    {
        (_market, _options, _listener) = (market, options, listener);
        _visibleAt = visibleAt ?? ((_, _) => 0);
        _triggerMs = triggerMs ?? (_ => 0);
        _desks = [.. market.Symbols.Select((symbol, index) => new SymbolDesk(index, symbol, options.StartLeverage))];
        Account = new(options);
        Archive = new(options);
        _purgeMs = market.NowMs + HourMs;
    }

    public Account Account { get; }

    public TradingArchive Archive { get; }

    /// <summary>Acts that wait for their time.</summary>
    public int Waiting => _due.Count;

    /// <summary>By place of the symbol in the market.</summary>
    public IReadOnlyList<SymbolDesk> Desks => _desks;

    /// <summary>The one that was asked for, or all.</summary>
    public IReadOnlyList<SymbolDesk> Those(SymbolDesk? one) => one is null ? _desks : [one];

    public decimal Mark(SymbolDesk desk) => _market.MarkPrice(desk.Index);

    /// <summary>
    /// What the market has to tell of a symbol; nothing costs time while nothing depends on it.
    /// </summary>
    public MarketFeeds Wants(int symbol) => _desks[symbol].IsIdle
        ? MarketFeeds.None
        : MarketFeeds.Trades | MarketFeeds.BookTicker | MarketFeeds.MarkPrice;

    /// <summary>A public trade.</summary>
    public void OnTrade(int symbol, in MarketTrade trade)
    {
        var desk = _desks[symbol];
        if (desk.IsIdle) return;
        if (!trade.IsOwn) FillByTrade(desk, trade.BuyerIsMaker ? OrderSide.Buy : OrderSide.Sell, trade.Ticks, trade.Steps);
        Trigger(desk, WorkingType.ContractPrice, desk.Symbol.Price(trade.Ticks));
        Sweep(desk);
    }

    /// <summary>The background liquidity has moved.</summary>
    public void OnQuote(int symbol, long bidTicks, long askTicks)
    {
        var desk = _desks[symbol];
        if (desk.OpenOrders == 0) return;
        if (askTicks > 0) FillByQuote(desk, OrderSide.Buy, askTicks);
        if (bidTicks > 0) FillByQuote(desk, OrderSide.Sell, bidTicks);
        Requeue(desk, OrderSide.Buy, bidTicks);
        Requeue(desk, OrderSide.Sell, askTicks);
        Sweep(desk);
    }

    public void OnMarkPrice(int symbol, decimal mark)
    {
        var desk = _desks[symbol];
        if (desk.Algos.Count == 0) return;
        Trigger(desk, WorkingType.MarkPrice, mark);
        Sweep(desk);
    }

    /// <summary>A funding payment is due.</summary>
    public void OnFunding(int symbol, in FundingRate funding)
    {
        var desk = _desks[symbol];
        if (Account.Fund(desk, funding) is { } amount) _listener.OnFunding(desk, amount);
    }

    /// <summary>Market time has moved on: what was due by then happens, in order of time.</summary>
    public void OnTime()
    {
        while (_due.TryTake(_market.NowMs, out var act)) act();

        if (_market.NowMs < _purgeMs) return;
        _purgeMs = _market.NowMs + HourMs;
        Archive.Purge(_market.NowMs, _options.FillsKeptMs);
        Account.Purge(_market.NowMs - _options.FillsKeptMs);
    }

    /// <summary>
    /// Initial margin of a contract: position and the orders of the side that needs more, over the leverage.
    /// </summary>
    public decimal Required(SymbolDesk desk) => Required(desk, null);

    /// <summary>Initial margin of the position alone.</summary>
    public decimal PositionMargin(SymbolDesk desk) =>
        Math.Round(Math.Abs(desk.Position.Amount) * Mark(desk) / desk.Leverage, Account.Decimals);

    /// <summary>Unrealized profit of all positions at the mark price.</summary>
    public decimal Unrealized() =>
        _desks.Where(desk => desk.Position.Amount != 0).Sum(desk => desk.Position.Unrealized(Mark(desk)));

    /// <summary>What new orders may still bind.</summary>
    public decimal Available() => Account.Wallet + Unrealized() - _desks.Sum(desk => Required(desk, null));

    /// <summary>Sets a contract's leverage.</summary>
    public Refusal? SetLeverage(SymbolDesk desk, long leverage)
    {
        if (leverage < 1 || leverage > _options.LeverageMax) return Refusals.WrongLeverage(leverage);
        var (before, freeBefore) = (desk.Leverage, Available());
        desk.Leverage = (int)leverage;
        if (desk.Leverage < before && Available() < Math.Min(0, freeBefore))
        {
            desk.Leverage = before;
            return Refusals.LeverageTooSmall;
        }

        _listener.OnLeverage(desk);
        return null;
    }

    private decimal Required(SymbolDesk desk, Order? with)
    {
        if (with is null && desk.OpenOrders == 0 && desk.Position.Amount == 0) return 0;
        var (buys, sells) = (0m, 0m);
        foreach (var order in with is null ? desk.Resting : desk.Resting.Append(with))
        {
            if (order.ReduceOnly || order.ClosePosition) continue;
            var price = order.PriceTicks == 0 ? Mark(desk) : order.Price;
            var value = price * desk.Symbol.Quantity(order.RemainingSteps);
            if (order.Side == OrderSide.Buy) buys += value;
            else sells += value;
        }

        var held = desk.Position.Amount * Mark(desk);
        return Math.Round(Math.Max(Math.Abs(held + buys), Math.Abs(held - sells)) / desk.Leverage, Account.Decimals);
    }

    /// <summary>Ends what has nothing left to reduce, and what lives no longer than the position.</summary>
    private void Sweep(SymbolDesk desk)
    {
        if (desk.IsIdle) return;
        var useless = desk.Resting.Where(order => order.ReduceOnly && desk.Position.Closable(order.Side) == 0);
        foreach (var order in useless.ToArray())
            End(order, OrderStatus.Expired, ExpireReason.ReduceOnly);
        foreach (var algo in desk.Algos.Where(HasLostItsPosition).ToArray()) End(algo, AlgoStatus.Expired);

        bool HasLostItsPosition(AlgoOrder algo) =>
            algo.Status == AlgoStatus.New && algo.Request.TimeInForce == TimeInForce.GteGtc
            && desk.Position.Closable(algo.Request.Side) == 0;
    }
}

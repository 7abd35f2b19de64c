namespace FuturesBot.Simulator.Trading;

/// <summary>An order in the matching engine. Prices are ticks and sizes steps of its contract.</summary>
internal sealed class Order
{
    /// <summary>Counts up over all symbols.</summary>
    public required long Id { get; init; }

    public required string ClientId { get; init; }

    public required SymbolDesk Desk { get; init; }

    public required OrderSide Side { get; init; }

    /// <summary>
    /// <see cref="OrderType.Limit"/> or <see cref="OrderType.Market"/>; another while it waits for its price as before 2025-12-09.
    /// </summary>
    public required OrderType Type { get; init; }

    /// <summary>The conditional type that it came from, else its own.</summary>
    public required OrderType OriginalType { get; init; }

    public required TimeInForce TimeInForce { get; init; }

    /// <summary>0 for market orders.</summary>
    public long PriceTicks { get; set; }

    public long QuantitySteps { get; set; }

    public long ExecutedSteps { get; set; }

    /// <summary>Quote units of all fills.</summary>
    public decimal ExecutedQuote { get; set; }

    /// <summary>It may only make the position smaller.</summary>
    public bool ReduceOnly { get; init; }

    public bool ClosePosition { get; init; }

    public PriceMatch PriceMatch { get; set; }

    public SelfTradePrevention SelfTrade { get; init; }

    /// <summary>UTC, Unix milliseconds; 0 without.</summary>
    public long GoodTillMs { get; init; }

    /// <summary>The conditional order that it came from, or is.</summary>
    public AlgoOrder? Algo { get; init; }

    /// <summary>True while it is itself a conditional order that waits for its price.</summary>
    public bool IsWaiting => Algo is { IsLive: true, Legacy: var legacy } && ReferenceEquals(legacy, this);

    public required long CreatedMs { get; init; }

    public long UpdatedMs { get; set; }

    /// <summary>Wall time, Unix milliseconds: queries and cancels do not find it before.</summary>
    public long VisibleAtMs { get; init; }

    public OrderStatus Status { get; set; }

    /// <summary>
    /// Background steps at its price that trade before it; null while its price has not been seen in the book.
    /// </summary>
    public long? AheadSteps { get; set; }

    /// <summary>The wait for its date; null without one.</summary>
    public (long AtMs, long Number)? Expiry { get; set; }

    /// <summary>Changes so far.</summary>
    public int Amendments { get; set; }

    public long RemainingSteps => QuantitySteps - ExecutedSteps;

    public bool IsOpen => Status is OrderStatus.New or OrderStatus.PartiallyFilled;

    public decimal Price => PriceTicks == 0 ? 0 : Desk.Symbol.Price(PriceTicks);

    public decimal Quantity => Desk.Symbol.Quantity(QuantitySteps);

    public decimal Executed => Desk.Symbol.Quantity(ExecutedSteps);

    /// <summary>0 before the first fill; at most eight decimals.</summary>
    public decimal AveragePrice =>
        ExecutedSteps == 0 ? 0 : Math.Round(ExecutedQuote / Executed, Account.Decimals);
}

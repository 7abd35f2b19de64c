namespace FuturesBot.Simulator.Trading;

/// <summary>An order as it was asked for: read, but not yet held against filters and account.</summary>
internal sealed record OrderRequest
{
    /// <summary>Place of the symbol in the market.</summary>
    public required int Symbol { get; init; }

    public required OrderSide Side { get; init; }

    public required OrderType Type { get; init; }

    public TimeInForce TimeInForce { get; init; }

    /// <summary>Base units; 0 when not sent.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Quote units; 0 when not sent.</summary>
    public decimal Price { get; init; }

    public bool ReduceOnly { get; init; }

    /// <summary>Null: the exchange makes one.</summary>
    public string? ClientId { get; init; }

    public PriceMatch PriceMatch { get; init; }

    public SelfTradePrevention SelfTrade { get; init; }

    /// <summary>UTC, Unix milliseconds; 0 without.</summary>
    public long GoodTillMs { get; init; }
}

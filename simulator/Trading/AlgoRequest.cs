namespace FuturesBot.Simulator.Trading;

/// <summary>A conditional order as it was asked for: read, but not yet held against filters.</summary>
internal sealed record AlgoRequest
{
    /// <summary>Place of the symbol in the market.</summary>
    public required int Symbol { get; init; }

    public required OrderSide Side { get; init; }

    public required OrderType Type { get; init; }

    public required decimal TriggerPrice { get; init; }

    public TimeInForce TimeInForce { get; init; }

    /// <summary>Base units; 0 with <see cref="ClosePosition"/>.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Quote units, of STOP and TAKE_PROFIT; 0 of the others.</summary>
    public decimal Price { get; init; }

    public WorkingType WorkingType { get; init; }

    public bool PriceProtect { get; init; }

    public bool ClosePosition { get; init; }

    public bool ReduceOnly { get; init; }

    /// <summary>Null: the exchange makes one.</summary>
    public string? ClientId { get; init; }

    public PriceMatch PriceMatch { get; init; }

    public SelfTradePrevention SelfTrade { get; init; }

    /// <summary>UTC, Unix milliseconds; 0 without.</summary>
    public long GoodTillMs { get; init; }
}

using FuturesBot.Domain.Market;

namespace FuturesBot.Simulator.Market;

/// <summary>
/// What the exchange publishes about a symbol. Prices inside the simulated market are whole ticks and quantities
/// whole steps, so that every number is exact; this record turns them into what is written.
/// </summary>
public sealed record MarketSymbol
{
    /// <summary>The far end of contracts that never settle, as the exchange writes it.</summary>
    public const long NeverMs = 4_133_404_800_000;

    public required Symbol Symbol { get; init; }

    /// <summary>Such as <c>BTCUSDT</c>; for a dated contract without its date.</summary>
    public required string Pair { get; init; }

    public required string BaseAsset { get; init; }

    public required string QuoteAsset { get; init; }

    public required string MarginAsset { get; init; }

    /// <summary><c>PERPETUAL</c>, <c>TRADIFI_PERPETUAL</c>, <c>CURRENT_QUARTER</c> …</summary>
    public string ContractType { get; init; } = "PERPETUAL";

    /// <summary>Between listing and delivery: <c>TRADING</c>, or <c>SETTLING</c>, <c>CLOSE</c> … See <see cref="StatusAt"/>.</summary>
    public string Status { get; init; } = "TRADING";

    /// <summary><c>COIN</c>, <c>INDEX</c>, <c>EQUITY</c>, <c>COMMODITY</c> …</summary>
    public string UnderlyingType { get; init; } = "COIN";

    public IReadOnlyList<string> UnderlyingSubTypes { get; init; } = [];

    /// <summary>Listed at; before it there is no candle, trade or book.</summary>
    public long OnboardMs { get; init; }

    /// <summary>Delivered at; <see cref="NeverMs"/> for perpetuals.</summary>
    public long DeliveryMs { get; init; } = NeverMs;

    /// <summary>PRICE_FILTER.tickSize, quote units.</summary>
    public required decimal TickSize { get; init; }

    /// <summary>LOT_SIZE.stepSize and MARKET_LOT_SIZE.stepSize, base units.</summary>
    public required decimal StepSize { get; init; }

    public required decimal MinPrice { get; init; }

    public required decimal MaxPrice { get; init; }

    /// <summary>LOT_SIZE.minQty and MARKET_LOT_SIZE.minQty.</summary>
    public required decimal MinQuantity { get; init; }

    /// <summary>LOT_SIZE.maxQty.</summary>
    public required decimal MaxQuantity { get; init; }

    /// <summary>MARKET_LOT_SIZE.maxQty.</summary>
    public required decimal MaxMarketQuantity { get; init; }

    public required decimal MinNotional { get; init; }

    /// <summary>PERCENT_PRICE.multiplierUp: a buy limit may be at most this many times the mark price.</summary>
    public decimal MultiplierUp { get; init; } = 1.05m;

    /// <summary>PERCENT_PRICE.multiplierDown.</summary>
    public decimal MultiplierDown { get; init; } = 0.95m;

    public int MaxOrders { get; init; } = 200;

    public int MaxAlgoOrders { get; init; } = 10;

    /// <summary>Largest share between mark and last price at which a protected trigger fires.</summary>
    public decimal TriggerProtect { get; init; } = 0.05m;

    public decimal LiquidationFee { get; init; } = 0.0125m;

    /// <summary>Largest share from the mark price that a market order may trade at.</summary>
    public decimal MarketTakeBound { get; init; } = 0.05m;

    /// <summary>Hours between funding payments: 8, 4 or 1.</summary>
    public int FundingIntervalHours { get; init; } = 8;

    /// <summary>Highest rate of one funding payment; the lowest is its negative.</summary>
    public decimal FundingCap { get; init; } = 0.02m;

    /// <summary>Decimals that prices are written with.</summary>
    public int PriceDecimals { get; init; }

    /// <summary>Decimals that quantities are written with.</summary>
    public int QuantityDecimals { get; init; }

    /// <summary>The status to publish: <c>PENDING_TRADING</c> before the listing, <c>SETTLING</c> from delivery on.</summary>
    public string StatusAt(long marketMs) =>
        marketMs < OnboardMs ? "PENDING_TRADING" : marketMs >= DeliveryMs ? "SETTLING" : Status;

    /// <summary>True while orders are taken and the market moves.</summary>
    public bool IsTradingAt(long marketMs) => StatusAt(marketMs) == "TRADING";

    /// <summary>Quote units, with <see cref="PriceDecimals"/> decimals in the value itself (<c>ToString</c> writes them).</summary>
    public decimal Price(long ticks) => Scaled(ticks * TickSize, PriceDecimals);

    /// <summary>Base units, with <see cref="QuantityDecimals"/> decimals in the value itself.</summary>
    public decimal Quantity(long steps) => Scaled(steps * StepSize, QuantityDecimals);

    /// <summary>False when <paramref name="price"/> is not on the tick.</summary>
    public bool TryTicks(decimal price, out long ticks) => TryWhole(price, TickSize, out ticks);

    /// <summary>False when <paramref name="quantity"/> is not on the step.</summary>
    public bool TrySteps(decimal quantity, out long steps) => TryWhole(quantity, StepSize, out steps);

    /// <summary>Decimals that whole multiples of a unit need.</summary>
    internal static int DecimalsOf(decimal unit)
    {
        var decimals = 0;
        for (; unit != Math.Truncate(unit); unit *= 10) decimals++;
        return decimals;
    }

    private static bool TryWhole(decimal value, decimal unit, out long whole)
    {
        whole = 0;
        if (Math.Abs(value) > 1_000_000_000_000m) return false;
        var count = value / unit;
        if (count != Math.Truncate(count) || Math.Abs(count) > long.MaxValue) return false;
        whole = (long)count;
        return true;
    }

    // Adding 0.00 gives the sum at least two decimals; the value itself is on the tick and has no more than that.
    private static decimal Scaled(decimal value, int decimals) =>
        Math.Round(value + new decimal(0, 0, 0, isNegative: false, (byte)decimals), decimals);
}

namespace FuturesBot.Domain.Market;

/// <summary>
/// The exchange's filters for one symbol, and the only bridge from analysis (<c>double</c>) to
/// trading (<c>decimal</c>).
/// </summary>
/// <param name="TickSize">PRICE_FILTER.tickSize, quote units, above 0.</param>
/// <param name="StepSize">LOT_SIZE.stepSize, base units, above 0.</param>
/// <param name="MinNotional">MIN_NOTIONAL.notional, quote units.</param>
/// <param name="MinQuantity">LOT_SIZE.minQty, base units.</param>
/// <param name="MaxMarketQuantity">MARKET_LOT_SIZE.maxQty, base units; orders above it are capped.</param>
public sealed record SymbolRules(
    decimal TickSize,
    decimal StepSize,
    decimal MinNotional,
    decimal MinQuantity,
    decimal MaxMarketQuantity)
{
    /// <summary>Used when neither exchangeInfo nor prices say otherwise; reports name it.</summary>
    public const decimal DefaultMinNotional = 5m;

    /// <summary>Rules inferred from a tick alone, for a backtest without exchangeInfo (spec 2.17).</summary>
    public static SymbolRules FromTick(decimal tickSize) =>
        new(tickSize, StepSize: 0.001m, DefaultMinNotional, MinQuantity: 0.001m, MaxMarketQuantity: 1_000_000_000m);

    /// <summary>The nearest tick.</summary>
    public Price ToPrice(double level) => new(Math.Round((decimal)level / TickSize, MidpointRounding.AwayFromZero) * TickSize);

    /// <summary>The nearest tick at or below.</summary>
    public Price ToPriceDown(double level) => new(Math.Floor((decimal)level / TickSize) * TickSize);

    /// <summary>The nearest tick at or above.</summary>
    public Price ToPriceUp(double level) => new(Math.Ceiling((decimal)level / TickSize) * TickSize);

    /// <summary>Rounds down: an order may risk less than planned, never more.</summary>
    public Quantity ToQuantity(decimal size) => new(Math.Floor(size / StepSize) * StepSize);

    /// <summary>True when the exchange would take an order of this size at this price.</summary>
    public bool Accepts(Quantity size, Price at) =>
        size.Value >= MinQuantity && size.Value * at.Value >= MinNotional;

    /// <summary>Decimals that a price of this symbol is written with.</summary>
    public int PriceDecimals => Decimals(TickSize);

    private static int Decimals(decimal step)
    {
        var decimals = 0;
        while (decimals < 12 && step != Math.Floor(step))
        {
            step *= 10;
            decimals++;
        }

        return decimals;
    }
}

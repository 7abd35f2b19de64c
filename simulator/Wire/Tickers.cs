using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Wire;

/// <summary>What follows from the last 24 hours.</summary>
internal static class Tickers
{
    /// <summary>Change in percent, three decimals.</summary>
    public static decimal ChangePercent(in Ticker24h ticker) =>
        ticker.Open == 0 ? 0m : decimal.Round((ticker.Last - ticker.Open) * 100m / ticker.Open, 3);

    /// <summary>Quote volume over volume, with the price's decimals and one more.</summary>
    public static decimal WeightedAverage(MarketSymbol symbol, in Ticker24h ticker)
    {
        var volume = (double)symbol.Quantity(ticker.Volume);
        return volume <= 0
            ? symbol.Price(ticker.Last)
            : decimal.Round((decimal)(ticker.QuoteVolume / volume), Math.Min(8, symbol.PriceDecimals + 1));
    }
}

namespace FuturesBot.Simulator.Market;

/// <summary>One row of a kline file; what the file leaves empty is null.</summary>
internal readonly record struct ReplayRow(
    long OpenMs, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume, double? QuoteVolume, long? Trades,
    decimal? TakerBuyVolume, double? TakerBuyQuoteVolume);

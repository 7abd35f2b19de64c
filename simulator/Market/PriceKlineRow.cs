namespace FuturesBot.Simulator.Market;

/// <summary>One candle of the mark or index price: no volume, prices off the tick.</summary>
/// <param name="OpenMs">Open time, market time.</param>
/// <param name="CloseMs">Last millisecond of the candle.</param>
public readonly record struct PriceKlineRow(long OpenMs, long CloseMs, decimal Open, decimal High, decimal Low, decimal Close);

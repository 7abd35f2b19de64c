namespace FuturesBot.Simulator.Market;

/// <summary>A minute as its source has it.</summary>
/// <param name="Open">Ticks, above 0; 0 when there is no candle.</param>
/// <param name="High">Ticks.</param>
/// <param name="Low">Ticks.</param>
/// <param name="Close">Ticks.</param>
/// <param name="Volume">Steps.</param>
/// <param name="TakerBuyVolume">Steps.</param>
/// <param name="QuoteVolume">Quote units.</param>
/// <param name="TakerBuyQuoteVolume">Quote units.</param>
/// <param name="Trades">Number of trades, at most as many as steps.</param>
/// <param name="OpenInterest">Steps at the end of the minute; −1 when the source does not have it.</param>
public readonly record struct SourceMinute(
    long Open, long High, long Low, long Close, long Volume, long TakerBuyVolume, double QuoteVolume, double TakerBuyQuoteVolume,
    int Trades, long OpenInterest);

namespace FuturesBot.Simulator.Market;

/// <summary>One candle in ticks and steps, closed or running.</summary>
/// <param name="OpenMs">Open time, market time.</param>
/// <param name="CloseMs">Last millisecond of the candle: the next open minus one.</param>
/// <param name="Open">Ticks.</param>
/// <param name="High">Ticks.</param>
/// <param name="Low">Ticks.</param>
/// <param name="Close">Ticks.</param>
/// <param name="Volume">Steps.</param>
/// <param name="QuoteVolume">
/// Quote units: the generator's typical price times volume, or what the file says, not the sum over the trades.
/// Written with the shortest digits that read back as the same number (<c>ToString("R")</c>).
/// </param>
/// <param name="Trades">Number of trades.</param>
/// <param name="TakerBuyVolume">Steps bought by takers.</param>
/// <param name="TakerBuyQuoteVolume">Quote units bought by takers.</param>
/// <param name="FirstTradeId">−1 without a trade.</param>
/// <param name="LastTradeId">−1 without a trade.</param>
public readonly record struct KlineRow(
    long OpenMs, long CloseMs, long Open, long High, long Low, long Close, long Volume, double QuoteVolume,
    long Trades, long TakerBuyVolume, double TakerBuyQuoteVolume, long FirstTradeId, long LastTradeId);

namespace FuturesBot.Simulator.Market;

/// <summary>The last 24 hours of a symbol.</summary>
/// <param name="OpenMs">First millisecond of the window.</param>
/// <param name="CloseMs">Last millisecond of the window.</param>
/// <param name="Open">Ticks.</param>
/// <param name="High">Ticks.</param>
/// <param name="Low">Ticks.</param>
/// <param name="Last">Ticks.</param>
/// <param name="LastSteps">Quantity of the last trade.</param>
/// <param name="Volume">Steps.</param>
/// <param name="QuoteVolume">Quote units.</param>
/// <param name="FirstTradeId">−1 without a trade.</param>
/// <param name="LastTradeId">−1 without a trade.</param>
/// <param name="Trades">Number of trades.</param>
public readonly record struct Ticker24h(
    long OpenMs, long CloseMs, long Open, long High, long Low, long Last, long LastSteps, long Volume, double QuoteVolume,
    long FirstTradeId, long LastTradeId, long Trades);

using FuturesBot.Domain.Market;

namespace FuturesBot.Simulator.Market;

/// <summary>Twelve symbols with the filters that the exchange has for them and prices of autumn 2025.</summary>
public static class GeneratedSymbols
{
    /// <summary>The leader is first.</summary>
    public static IReadOnlyList<GeneratedSymbol> Twelve { get; } =
    [
        Of("BTCUSDT", 0.1m, 0.001m, 50m, 1_000m, 113_900, beta: 0, 0.018, 8_000_000, 2_400),
        Of("ETHUSDT", 0.01m, 0.001m, 20m, 10_000m, 4_140, beta: 1.45, 0.017, 7_000_000, 1_900),
        Of("SOLUSDT", 0.01m, 0.01m, 5m, 40_000m, 208, beta: 1.55, 0.021, 2_500_000, 1_200),
        Of("BNBUSDT", 0.01m, 0.01m, 5m, 10_000m, 1_008, beta: 0.9, 0.014, 700_000, 1_000),
        Of("XRPUSDT", 0.0001m, 0.1m, 5m, 1_000_000m, 2.845, beta: 1.35, 0.021, 1_300_000, 900),
        Of("DOGEUSDT", 0.00001m, 1m, 5m, 10_000_000m, 0.2328, beta: 1.75, 0.027, 1_000_000, 700),
        Of("ADAUSDT", 0.0001m, 1m, 5m, 2_000_000m, 0.807, beta: 1.6, 0.024, 400_000, 600),
        Of("AVAXUSDT", 0.001m, 1m, 5m, 100_000m, 30.01, beta: 1.55, 0.026, 300_000, 500),
        Of("LINKUSDT", 0.001m, 0.01m, 20m, 50_000m, 21.30, beta: 1.6, 0.026, 350_000, 600),
        Of("LTCUSDT", 0.01m, 0.001m, 20m, 10_000m, 106.8, beta: 1.15, 0.021, 200_000, 600),
        Of("TRXUSDT", 0.00001m, 1m, 5m, 5_000_000m, 0.3334, beta: 0.5, 0.011, 150_000, 800),
        Of("SUIUSDT", 0.0001m, 0.1m, 5m, 500_000m, 3.259, beta: 1.6, 0.026, 600_000, 700),
    ];

    private static GeneratedSymbol Of(
        string name, decimal tick, decimal step, decimal minNotional, decimal maxMarket, double price,
        double beta, double ownDailyVolatility, double quotePerMinute, double tradeNotional) =>
        new(Symbol.Parse(name), new(tick, step, minNotional, MinQuantity: step, maxMarket), price, beta, ownDailyVolatility,
            quotePerMinute, tradeNotional);
}

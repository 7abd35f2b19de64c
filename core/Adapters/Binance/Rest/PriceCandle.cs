namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>A closed candle of a price that is not traded, such as the mark price: it has no volume.</summary>
/// <param name="OpenTimeMs">UTC, Unix milliseconds.</param>
public readonly record struct PriceCandle(long OpenTimeMs, double Open, double High, double Low, double Close);

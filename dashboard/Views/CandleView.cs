using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>A candle on the wire: exactly these six keys.</summary>
public readonly record struct CandleView(
    long OpenTimeMs,
    double Open,
    double High,
    double Low,
    double Close,
    double Volume)
{
    public static CandleView From(in Candle candle) =>
        new(candle.OpenTimeMs, candle.Open, candle.High, candle.Low, candle.Close, candle.Volume);
}

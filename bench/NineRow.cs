using FuturesBot.Domain.Indicators;

namespace FuturesBot.Bench;

/// <summary>What the nine indicators say at one bar.</summary>
internal struct NineRow
{
    public double Ema200;
    public double Rsi14;
    public double Macd;
    public double MacdSignal;
    public double Atr14;
    public double Adx14;
    public double PlusDi;
    public double MinusDi;
    public double BollingerMiddle;
    public double BollingerDistance;
    public double DonchianUpper;
    public double DonchianLower;
    public double Vwma20;
    public double StdDev20;

    public static NineRow Of(in CoreReading reading) => new()
    {
        Ema200 = reading.Ema200,
        Rsi14 = reading.Rsi14,
        Macd = reading.Macd.Macd,
        MacdSignal = reading.Macd.Signal,
        Atr14 = reading.Atr14,
        Adx14 = reading.Adx14.Adx,
        PlusDi = reading.Adx14.PlusDi,
        MinusDi = reading.Adx14.MinusDi,
        BollingerMiddle = reading.Bollinger20.Middle,
        BollingerDistance = reading.Bollinger20.Distance,
        DonchianUpper = reading.Donchian20.Upper,
        DonchianLower = reading.Donchian20.Lower,
        Vwma20 = reading.Vwma20,
        StdDev20 = reading.StdDev20,
    };

    /// <summary>Largest difference of a field, relative to its value or 1.</summary>
    public readonly double Difference(in NineRow other) =>
        ToArray().Zip(other.ToArray())
            .Max(p => Math.Abs(p.First - p.Second) / Math.Max(1, Math.Abs(p.First)));

    private readonly double[] ToArray() =>
    [
        Ema200, Rsi14, Macd, MacdSignal, Atr14, Adx14, PlusDi, MinusDi, BollingerMiddle, BollingerDistance,
        DonchianUpper, DonchianLower, Vwma20, StdDev20,
    ];
}

namespace FuturesBot.Domain.Indicators;

/// <summary>What <see cref="CoreStudies"/> say at one bar; NaN in what is still warming up.</summary>
public struct CoreReading
{
    public double Ema200 { get; internal set; }

    /// <summary>0 to 100.</summary>
    public double Rsi14 { get; internal set; }

    /// <summary>12, 26, 9.</summary>
    public MacdReading Macd { get; internal set; }

    /// <summary>In price units.</summary>
    public double Atr14 { get; internal set; }

    public AdxReading Adx14 { get; internal set; }

    /// <summary>20 bars, 2 deviations.</summary>
    public BollingerReading Bollinger20 { get; internal set; }

    /// <summary>Of the 20 bars before this one.</summary>
    public DonchianReading Donchian20 { get; internal set; }

    public double Vwma20 { get; internal set; }

    /// <summary>Population standard deviation of the close.</summary>
    public double StdDev20 { get; internal set; }
}

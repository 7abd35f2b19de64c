namespace FuturesBot.Domain.Analysis;

/// <summary>The indicators of one closed bar that strategies read. NaN: still warming up.</summary>
public readonly record struct BarStudies(
    double Ema5,
    double Ema9,
    double Ema13,
    double Ema20,
    double Ema21,
    double Ema50,
    double Ema200,
    double Atr,
    double Adx,
    double VolumeMean20,
    double VolumeMedian20,
    double VolumeMedian50)
{
    /// <summary>Volume of the bar over the mean of the 20 bars before it.</summary>
    public double OverMean20(double volume) => VolumeMean20 > 0 ? volume / VolumeMean20 : double.NaN;

    /// <summary>Volume of the bar over the median of the 20 bars before it.</summary>
    public double OverMedian20(double volume) => VolumeMedian20 > 0 ? volume / VolumeMedian20 : double.NaN;

    /// <summary>Volume of the bar over the median of the 50 bars before it.</summary>
    public double OverMedian50(double volume) => VolumeMedian50 > 0 ? volume / VolumeMedian50 : double.NaN;
}

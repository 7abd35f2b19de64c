namespace FuturesBot.Domain.Indicators;

/// <summary>SuperTrend at one bar.</summary>
/// <param name="Value">The band that is in force, in price units.</param>
/// <param name="IsUp">True while the band lies below the close: the trend is up.</param>
public readonly record struct SuperTrendReading(double Value, bool IsUp);

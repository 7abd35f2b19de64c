namespace FuturesBot.Domain.Indicators;

/// <summary>Parabolic stop-and-reverse at one bar.</summary>
/// <param name="Value">The stop, in price units.</param>
/// <param name="IsUp">True while the stop lies below the price.</param>
/// <param name="IsReversal">True on the bar that reached the stop and turned the direction.</param>
public readonly record struct ParabolicSarReading(double Value, bool IsUp, bool IsReversal);

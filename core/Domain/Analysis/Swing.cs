namespace FuturesBot.Domain.Analysis;

/// <summary>A confirmed fractal high or low.</summary>
/// <param name="BarIndex">The bar that made it, counted from 0.</param>
/// <param name="TimeMs">That bar's open time, UTC, Unix milliseconds.</param>
/// <param name="Price">Its high or low.</param>
/// <param name="KnownAtIndex">The bar at whose close it was confirmed: <c>BarIndex + wing</c>.</param>
public readonly record struct Swing(long BarIndex, long TimeMs, double Price, long KnownAtIndex);

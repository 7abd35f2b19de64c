namespace FuturesBot.Engine.Running;

/// <summary>What a closed 1h candle leaves for returns.</summary>
/// <param name="OpenTimeMs">Its open, UTC, Unix milliseconds.</param>
/// <param name="Close">Its close.</param>
public readonly record struct HourClose(long OpenTimeMs, double Close);

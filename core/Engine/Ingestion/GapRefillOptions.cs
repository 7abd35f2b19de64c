using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Engine.Ingestion;

/// <summary>The periodic search for candles that never came (spec 1.2).</summary>
public sealed record GapRefillOptions
{
    /// <summary>Whether it runs.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How far back it looks, in minutes of market time.</summary>
    [Range(15, 10_080)] public int LookBackMinutes { get; init; } = 120;

    /// <summary>Minutes of market time after a start in which it does nothing: loading has just been done.</summary>
    [Range(0, 1440)] public int QuietMinutes { get; init; } = 15;

    /// <summary>It asks only while less than this part of the request budget is in use.</summary>
    [Range(0.0, 1.0)] public double UseMax { get; init; } = 0.3;

    /// <summary>
    /// Seconds of wall time after a quarter of an hour before it looks, so that what is on its way has come; at a speed
    /// above 1 at most a third of the quarter.
    /// </summary>
    [Range(0.0, 600.0)] public double DelaySeconds { get; init; } = 20;
}
